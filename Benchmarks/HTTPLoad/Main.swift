import EventLoop
import Glibc

/// Makes load that wrk does not know: at a fixed rate, and beside crowds of silent or slow clients.
@main
enum Main {
    static func main() async {
        do {
            let options = try LoadOptions(CommandLine.arguments.dropFirst())
            let group = try EventLoopGroup(count: 1, namePrefix: "load")
            let loop = group.loops[0]
            let report = try await loop.spawn { await LoadRun(options, on: loop).report() }.value
            group.shutdown()
            print(String(decoding: report, as: UTF8.self))
        } catch let error as UsageError {
            complain("HTTPLoad: \(error)\n\(LoadOptions.usage)")
            exit(64)
        } catch {
            complain("HTTPLoad: \(error)")
            exit(70)
        }
    }

    private static func complain(_ text: String) {
        let line = text + "\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
    }
}
