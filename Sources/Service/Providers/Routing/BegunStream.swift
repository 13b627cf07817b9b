import Domain

/// A provider's stream whose first piece is there already: from here on nobody else can be asked.
struct BegunStream {
    let stream: any ChatStream
    /// Nil when the answer has no pieces.
    let first: ChatEvent?

    /// Waits for the first piece. Closes the stream when none comes.
    init(_ stream: any ChatStream) async throws(ModelFailure) {
        do throws(ModelFailure) {
            first = try await stream.next()
            self.stream = stream
        } catch {
            stream.close()
            throw error
        }
    }
}
