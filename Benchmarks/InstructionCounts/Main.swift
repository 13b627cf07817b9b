import Files
import Glibc

/// What `scripts/instructions` runs: under callgrind to count, and by itself to compare.
///
///     InstructionCounts list              the names of what can be measured
///     InstructionCounts iterations        how often each is done while it is counted
///     InstructionCounts run NAME          does it, in the function `measuredIterations`
///     InstructionCounts check BASELINE    compares the lines "NAME COUNT" on standard input; 1 when one is too high
///     InstructionCounts baseline          makes a baseline of them
@main
enum Main {
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        switch (words.first, words.count) {
        case ("list", 1): print(MeasuredCase.all.map(\.name).joined(separator: "\n"))
        case ("iterations", 1): print(MeasuredCase.iterations)
        case ("baseline", 1): print(measured().json, terminator: "")
        case ("run", 2): run(words[1])
        case ("check", 2): check(words[1])
        default: fail("usage: InstructionCounts list|iterations|run NAME|check BASELINE|baseline", 64)
        }
    }

    private static func run(_ name: String) {
        guard let found = MeasuredCase.all.first(where: { $0.name == name }) else {
            fail("nothing is called \(name)", 64)
        }
        // What is made once is made now.
        for _ in 0..<3 { _ = found.work() }
        print(measuredIterations(found.work))
    }

    private static func check(_ path: String) {
        guard let baseline = read(path) else { fail("\(path) holds no counts", 66) }
        let now = measured()
        for line in baseline.comparison(with: now) { print(line) }
        let faults = baseline.faults(of: now)
        guard faults.isEmpty else { fail(faults.joined(separator: "\n"), 1) }
    }

    private static func read(_ path: String) -> CountBaseline? {
        do {
            return CountBaseline(json: try SmallFile(path, maximumBytes: 65_536).read().bytes)
        } catch {
            return nil
        }
    }

    private static func measured() -> CountBaseline {
        var lines = ""
        while let line = readLine(strippingNewline: false) { lines += line }
        guard let counts = CountBaseline(lines: lines) else {
            fail("standard input: not lines of a name and a count", 65)
        }
        return counts
    }

    private static func fail(_ text: String, _ code: Int32) -> Never {
        let line = text + "\n"
        _ = write(STDERR_FILENO, line, line.utf8.count)
        exit(code)
    }
}

/// callgrind counts while this runs, which it knows by its name: the optimiser must leave it what it is.
@_optimize(none) @inline(never)
private func measuredIterations(_ work: () -> Int) -> Int {
    var (sum, left) = (0, MeasuredCase.iterations)
    while left > 0 {
        sum &+= work()
        left &-= 1
    }
    return sum
}
