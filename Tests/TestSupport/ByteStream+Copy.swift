public import EventLoop

extension ByteStream {
    /// Hands what comes on to `target`, as `change` makes it, until either side ends.
    public func copy(to target: ByteStream, _ change: ([UInt8]) async -> [UInt8]) async {
        do {
            while true {
                let (outcome, bytes) = try readOnce()
                switch outcome {
                case .bytes: try await target.write(await change(bytes))
                case .wouldBlock: try await waitUntilReadable()
                case .endOfStream: return
                }
            }
        } catch {
            // The connection is gone, which is all there is to know.
        }
    }
}
