import CLibrdkafka
import EventLoop

extension Client {
    /// Makes a blocking call on the blocking thread; the calling task goes on where it was.
    func runBlocking<Success: Sendable>(
        _ body: @escaping @Sendable (ClientHandle) -> Result<Success, KafkaError>
    ) async throws(KafkaError) -> Success {
        let handle = handle
        let result: Result<Success, KafkaError>
        do {
            result = try await blocking.run { body(handle) }
        } catch BlockingThreadError.full {
            throw .queueFull
        } catch {
            throw .closed
        }
        return try result.get()
    }
}

extension Duration {
    /// Whole milliseconds for a C call, rounded up, from 0 to about 24 days.
    var cMilliseconds: Int32 {
        let (whole, rest) = max(0, wholeNanoseconds).quotientAndRemainder(dividingBy: 1_000_000)
        return Int32(clamping: whole + (rest > 0 ? 1 : 0))
    }
}
