import Domain
import EventLoop
import Hashing
import Telemetry

/// Makes ids for new jobs. Random numbers are fetched from the system many at a time: one by one they would be the
/// dearest part of a submission that is not the database's. Any thread.
final class JobIDs: Sendable {
    private struct Block: RandomNumberGenerator {
        private var bytes: [UInt8] = []
        private static let size = 4096

        mutating func next() -> UInt64 {
            if bytes.count < 8 { refill() }
            let number = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
            bytes.removeLast(8)
            return number
        }

        private mutating func refill() {
            do throws(SecureRandomError) {
                bytes = try SecureRandom.bytes(Self.size)
            } catch {
                var system = SystemRandomNumberGenerator()
                bytes = (0..<8).map { _ in UInt8.random(in: 0...255, using: &system) }
            }
        }
    }

    private let block = Lock(Block())

    /// An id that begins with the present time.
    func next() -> JobID {
        let milliseconds = WallTime.now.microseconds / 1000
        return block.withLock { JobID(milliseconds: milliseconds, using: &$0) }
    }
}
