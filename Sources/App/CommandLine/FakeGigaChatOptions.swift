import FakeProviders

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
    /// Whether both ports speak TLS.
    var usesTLS = false
    /// Whether both ports speak TLS and the one of the API asks for a client certificate instead of a token.
    var asksForCertificate = false
    /// Where certificates and keys are written for it.
    var certificates: String?
    /// Whose ways it has.
    var personality = FakePersonality.gigachat
    /// Whether answers are a small table instead of the question.
    var answersTable = false

    /// What is wrong with options that are each right by themselves.
    var problem: String? {
        if usesTLS, asksForCertificate { return "--mtls is TLS already: give it without --tls" }
        if personality != .gigachat, usesTLS || asksForCertificate { return "--tls and --mtls are GigaChat's alone" }
        let needsFolder = usesTLS || asksForCertificate
        if needsFolder, certificates == nil { return "TLS needs a folder for its certificates: --certificates DIR" }
        return !needsFolder && certificates != nil ? "--certificates is for --tls and --mtls" : nil
    }
}
