import EventLoop

/// A response whose body is read as it comes. Confined to the client's loop; one task reads at a time.
///
/// The server is held back while `HTTPClientConfiguration.streamWindowBytes` wait for the reader.
public final class ClientStream {
    /// Status and header fields.
    public let head: ClientResponseHead
    private let client: LoopBound<HTTPClient>
    private let transfer: Transfer

    init(_ transfer: Transfer, head: ClientResponseHead, client: LoopBound<HTTPClient>) {
        self.transfer = transfer
        self.head = head
        self.client = client
    }

    /// A stream that is dropped halfway closes its connection.
    deinit {
        client.loop.execute { [client, transfer] in client.value.abandon(transfer, as: .closed) }
    }

    /// The bytes that have come since the last call, waiting for some if there are none; nil after the end of the
    /// body. Throws how the transfer failed once everything that came before has been read, `.cancelled` when the
    /// task is cancelled, `.closed` after `close`.
    public func next() async throws(HTTPClientError) -> [UInt8]? {
        try await client.value.nextPiece(of: transfer)
    }

    /// Drops the rest of the body and closes the connection, unless the body has been received to its end.
    public func close() {
        client.value.abandon(transfer, as: .closed)
    }
}
