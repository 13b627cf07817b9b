/// What one request may hold at most. The size of the whole body is the server's limit.
enum ChatLimits {
    static let messages = 2_048
    /// Parts of one message.
    static let parts = 1_024
    /// UTF-8 bytes of everything said in the conversation.
    static let textBytes = 2 * 1_024 * 1_024
    static let tools = 128
    /// Tool calls of one message.
    static let toolCalls = 128
    /// UTF-8 bytes of one tool's description or one call's id.
    static let descriptionBytes = 16_384
    static let stops = 16
    /// UTF-8 bytes of one stop text.
    static let stopBytes = 256
    static let tokens = 1...1_000_000
    /// UTF-8 bytes of a model's name, of `user` and of other names of the client's.
    static let nameBytes = 256
    /// Texts of one request for vectors.
    static let embeddingInputs = 2_048
}
