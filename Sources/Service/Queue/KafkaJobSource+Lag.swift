public import EventLoop
import Kafka

extension KafkaJobSource {
    /// Looks every `interval` how far the worker is behind in the partitions that it reads, until the task is
    /// cancelled. What cannot be asked for now keeps its last value; a partition that is gone has none.
    public func watchLag(every interval: Duration = .seconds(10), on loop: EventLoop) async {
        var known: [Int32: Int64] = [:]
        repeat {
            let partitions = assignedPartitions
            known = known.filter { partitions.contains($0.key) }
            for partition in partitions.sorted() {
                do {
                    known[partition] = Int64(try await undelivered(partition: partition).count)
                } catch {
                    break
                }
            }
            tell(lag: known)
        } while await loop.pause(for: interval)
    }
}
