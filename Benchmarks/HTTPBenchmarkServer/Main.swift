import EventLoop
import Glibc

/// `HTTPBenchmarkServer [PORT [LOOPS [MAX_CONNECTIONS [no-metrics]]]]`: the API of the service over a store that keeps
/// nothing. Prints its address when it answers; ends on SIGTERM.
@main
enum Main {
    static func main() {
        guard let arguments = Arguments(CommandLine.arguments.dropFirst()) else {
            complain("usage: HTTPBenchmarkServer [PORT [LOOPS [MAX_CONNECTIONS [no-metrics]]]]")
            exit(64)
        }
        do throws(SystemError) {
            // Before any thread exists, or a signal would find one that dies of it.
            try SignalWatch.blockSignals()
            try serve(arguments)
        } catch {
            complain("HTTPBenchmarkServer: \(error)")
            exit(70)
        }
    }

    private static func serve(_ arguments: Arguments) throws(SystemError) {
        let signals = try SignalWatch()
        let group = try EventLoopGroup(count: arguments.loops)
        let finisher = signals.finisher
        let work = group.loops[0].spawn {
            defer { finisher.finish() }
            do {
                let server = try await BenchmarkServer(on: group, arguments)
                print("http://\(server.address)")
                fflush(nil)
                await server.run()
            } catch {
                complain("HTTPBenchmarkServer: \(error)")
            }
        }
        while case .signal(let number) = signals.wait() {
            if number != SIGHUP { work.cancel() }
        }
        group.shutdown()
    }

    private static func complain(_ text: String) {
        let line = text + "\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
    }
}
