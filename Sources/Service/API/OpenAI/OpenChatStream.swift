import Domain

/// A model's answer under way, closed at the latest when nobody holds it any more: the server may never come to send
/// the content of a response. Confined to its loop.
final class OpenChatStream {
    let stream: any ChatStream

    init(_ stream: any ChatStream) {
        self.stream = stream
    }

    deinit {
        stream.close()
    }
}
