import Kafka
import TestSupport
import Testing

@testable import Queue

@Suite("Reading of a partition")
struct PartitionReadingTests {
    /// A message of the log that `log` names.
    private func message(_ offset: Int64, log: Int64 = 1) -> KafkaMessage {
        KafkaMessage(topic: "requests", partition: 0, offset: offset, value: nil, timestamp: log)
    }

    private func mark(_ offset: Int64, log: Int64 = 1) -> LogMark { LogMark(message(offset, log: log)) }

    private func commit(_ offset: Int64, at mark: LogMark?) -> KafkaCommit {
        KafkaCommit(offset, metadata: mark?.text ?? "")
    }

    /// Has begun at the log's start and read so many messages.
    private func reading(of count: Int64) -> PartitionReading {
        var reading = PartitionReading(pass: 0)
        reading.learn(nil)
        for offset in 0..<count { reading.deliver(message(offset)) }
        return reading
    }

    /// Answers the reading's question; true when it goes to another log.
    private func find(_ finding: LogFinding, by reading: inout PartitionReading) throws -> Bool {
        let question = try #require(reading.question)
        return reading.answer(question, finding)
    }

    private func finish(_ offsets: Range<Int64>, of reading: inout PartitionReading) {
        for offset in offsets { reading.finish(offset, pass: reading.pass) }
    }

    @Test("commits nothing before it knows what the group has committed, and then all that is finished")
    func learning() {
        var reading = PartitionReading(pass: 0)
        #expect(reading.isLearning)
        for offset in Int64(5)..<8 { reading.deliver(message(offset)) }
        finish(5..<7, of: &reading)
        #expect(reading.takeCommit() == nil)
        reading.learn(commit(5, at: mark(2)))
        #expect(!reading.isLearning)
        #expect(reading.takeCommit() == commit(7, at: mark(2)))
    }

    @Test("a group without commits is recognised by the first message, early or late")
    func firstMessage() {
        var late = PartitionReading(pass: 0)
        late.learn(nil)
        #expect(late.question == nil)
        late.deliver(message(3))
        #expect(late.question?.mark == mark(3))
        var early = PartitionReading(pass: 0)
        early.deliver(message(3))
        early.deliver(message(4))
        early.learn(nil)
        #expect(early.question?.mark == mark(3))
    }

    @Test("commits of older versions have no mark, are trusted, and followed by marked ones")
    func upgrade() throws {
        var reading = PartitionReading(pass: 0)
        reading.learn(KafkaCommit(5))
        #expect(reading.question?.mark == LogMark(unknownAt: 4))
        reading.deliver(message(5))
        finish(5..<6, of: &reading)
        // Before anybody has looked: the next member is not to trust it as this one had to.
        #expect(reading.takeCommit() == commit(6, at: mark(5)))
        #expect(reading.question?.mark == mark(5))
        #expect(try !find(.same, by: &reading))
        reading.deliver(message(6))
        finish(6..<7, of: &reading)
        #expect(reading.takeCommit() == commit(7, at: mark(5)))
        var early = PartitionReading(pass: 0)
        early.deliver(message(5))
        early.learn(KafkaCommit(5))
        #expect(early.question?.mark == mark(5))
    }

    @Test("the anchor moves only to what was read before the look that found the one before it")
    func anchor() throws {
        var reading = reading(of: 3)
        let question = try #require(reading.question)
        #expect(question.mark == mark(0))
        // These may be of another log: the look may have come first.
        for offset in Int64(3)..<6 { reading.deliver(message(offset, log: 2)) }
        let isOther = reading.answer(question, .same)
        #expect(!isOther)
        finish(0..<6, of: &reading)
        #expect(reading.takeCommit() == commit(6, at: mark(2)))
        let next = try #require(reading.question)
        #expect(next.mark == mark(2))
        #expect(try find(.other, by: &reading))
        #expect(reading.takeCommit() == nil)
    }

    @Test("another log is read from its first message; what was fetched before it does not count")
    func otherLog() throws {
        var reading = reading(of: 5)
        let old = reading.pass
        #expect(try find(.other, by: &reading))
        #expect(reading.isRewinding)
        #expect(reading.question == nil)
        reading.deliver(message(5, log: 2))
        reading.rewind(to: 1)
        #expect(reading.takeCommit() == KafkaCommit(1))
        // The seek has not taken effect: it has to be done again.
        reading.deliver(message(6, log: 2))
        finish(6..<7, of: &reading)
        #expect(reading.isRewinding)
        #expect(reading.takeCommit() == nil)
        for offset in Int64(1)..<4 { reading.deliver(message(offset, log: 2)) }
        #expect(!reading.isRewinding)
        #expect(reading.takeCommit() == commit(1, at: mark(1, log: 2)))
        // What is done of the old log says nothing of the new one.
        reading.finish(1, pass: old)
        #expect(reading.takeCommit() == nil)
        finish(1..<3, of: &reading)
        #expect(reading.takeCommit() == commit(3, at: mark(1, log: 2)))
    }

    @Test("a log that ends early is another one only when that is found twice in a row")
    func earlyEnd() throws {
        var reading = reading(of: 5)
        #expect(try !find(.ended, by: &reading))
        #expect(try !find(.same, by: &reading))
        #expect(try !find(.ended, by: &reading))
        #expect(reading.question?.mark == mark(4))
        #expect(try find(.ended, by: &reading))
    }

    @Test("a gap in the anchor's place has the log read again once, not each time")
    func gap() throws {
        var reading = reading(of: 5)
        #expect(try find(.missing, by: &reading))
        reading.rewind(to: 0)
        reading.deliver(message(0))
        reading.deliver(message(4))
        #expect(try !find(.missing, by: &reading))
        #expect(reading.question?.mark == mark(4))
    }

    @Test("what retention has taken is no reason to read again")
    func expired() throws {
        var reading = reading(of: 5)
        #expect(try !find(.expired, by: &reading))
        #expect(reading.question?.mark == mark(4))
    }

    @Test("an answer about an earlier pass changes nothing")
    func lateAnswer() throws {
        var reading = reading(of: 5)
        let question = try #require(reading.question)
        reading.deliver(message(0, log: 2))
        let isOther = reading.answer(question, .other)
        #expect(!isOther)
        #expect(reading.question?.mark == mark(0, log: 2))
    }

    @Test("offsets that begin anew are another log's, and take back what was committed for the old one")
    func beginsAnew() {
        var reading = reading(of: 5)
        finish(0..<2, of: &reading)
        let old = reading.pass
        reading.deliver(message(0, log: 2))
        #expect(reading.pass != old)
        reading.finish(0, pass: old)
        #expect(reading.takeCommit() == commit(0, at: mark(0, log: 2)))
    }

    @Test("a first message below the committed offset shows that the library has begun anew")
    func beginsBelowCommit() {
        var reading = PartitionReading(pass: 0)
        reading.deliver(message(0, log: 2))
        reading.deliver(message(1, log: 2))
        reading.learn(commit(9, at: mark(8)))
        #expect(reading.takeCommit() == commit(0, at: mark(0, log: 2)))
        #expect(reading.question?.mark == mark(0, log: 2))
    }
}
