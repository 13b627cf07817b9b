/// How to run the stand-in for GigaChat.
struct FakeGigaChatOptions: Sendable, Equatable {
    /// Port of the API on 127.0.0.1; 0: any free one.
    var port = 0
    /// Port for authorisation on 127.0.0.1; 0: any free one.
    var authPort = 0
    /// Milliseconds that an answer takes.
    var delay = 0
    /// Requests that are answered at a time.
    var concurrency = 10
    /// Whether answers are a small table instead of the question.
    var answersTable = false
}
