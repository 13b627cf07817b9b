import Dispatch
import EventLoop
import Kafka
import Queue
import Telemetry
import TestSupport
import Testing

@testable import App

@Suite("The connection to Kafka", .timeLimit(.minutes(10)))
struct MessagingTests {
    @Test("whether the brokers answer is known while an earlier question to them still waits")
    func health() async throws {
        let threads = try ["files", "kafka", "admin"].map { try BlockingThread(name: $0) }
        defer { for thread in threads { thread.shutdown() } }
        try await onLoops(1) { group in
            let context = LoopProgram.Context(
                group: group, blocking: threads[0], kafkaBlocking: threads[1], kafkaAdmin: threads[2],
                stop: StopRequest())
            let messaging = try await Messaging.open(
                Configuration(), context: context,
                logger: Logger(try LogSink(minimumLevel: .error, format: .text)), metrics: .disabled)
            let answer = DispatchSemaphore(value: 0)
            let question = context.mainLoop.spawn { try await threads[1].run { answer.wait() } }
            defer { answer.signal() }
            let reachability = try await messaging.admin.ping(timeout: .seconds(20))
            #expect(reachability.brokers == 1)
            answer.signal()
            _ = await question.result
            await messaging.close(TaskBag())
        }
    }
}
