/// What a call is authorised with.
public struct AccessToken: Sendable, Equatable {
    /// The secret itself.
    public let value: String
    /// Which of the source's tokens it is; a complaint about an old one does not hurt the new one.
    public let generation: Int
    /// Where the token is to be used, when that comes with it.
    public let baseURL: String?

    /// A token.
    public init(_ value: String, generation: Int = 0, baseURL: String? = nil) {
        self.value = value
        self.generation = generation
        self.baseURL = baseURL
    }
}
