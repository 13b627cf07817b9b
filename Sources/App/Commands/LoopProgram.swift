import EventLoop
import Glibc

/// Runs the async part of a command on event loops while the main thread waits for signals.
struct LoopProgram {
    let loopCount: Int

    /// What the async part works with.
    struct Context: Sendable {
        let group: EventLoopGroup
        /// For files and host names.
        let blocking: BlockingThread
        /// For Kafka's blocking calls, which take seconds while the brokers are down: a lookup of the database's host
        /// must not wait for them.
        let kafkaBlocking: BlockingThread
        /// For the question whether the brokers answer, which must not wait for answers that a group which forms anew
        /// holds back.
        let kafkaAdmin: BlockingThread
        /// Set by the first SIGINT or SIGTERM.
        let stop: StopRequest

        var mainLoop: EventLoop { group.loops[0] }
    }

    /// Runs `body` on the first loop. The first SIGINT or SIGTERM asks it to stop; a second one ends the process at
    /// once. On SIGHUP `onHangUp` is called, on the main thread.
    func run(
        onHangUp: () -> Void = {}, _ body: @escaping @Sendable (Context) async -> ExitCode
    ) -> ExitCode {
        do throws(SystemError) {
            let signals = try SignalWatch()
            let group = try EventLoopGroup(count: loopCount)
            let blocking = try BlockingThread(name: "blocking")
            let kafkaBlocking = try BlockingThread(name: "kafka-blocking")
            let kafkaAdmin = try BlockingThread(name: "kafka-admin")
            let context = Context(
                group: group, blocking: blocking, kafkaBlocking: kafkaBlocking, kafkaAdmin: kafkaAdmin,
                stop: StopRequest())
            let code = Lock(ExitCode.software)
            let finisher = signals.finisher
            context.mainLoop.spawn {
                let result = await body(context)
                code.withLock { $0 = result }
                finisher.finish()
            }
            waitForEnd(signals, context.stop, onHangUp)
            blocking.shutdown()
            kafkaBlocking.shutdown()
            kafkaAdmin.shutdown()
            group.shutdown()
            return code.withLock { $0 }
        } catch {
            Terminal.complain("gigaoffice: \(error)")
            return .software
        }
    }

    private func waitForEnd(_ signals: borrowing SignalWatch, _ stop: StopRequest, _ onHangUp: () -> Void) {
        var isStopping = false
        while true {
            switch signals.wait() {
            case .finished: return
            case .signal(SIGHUP): onHangUp()
            case .signal(let number):
                if isStopping { _exit(128 + number) }
                isStopping = true
                stop.request()
            }
        }
    }
}
