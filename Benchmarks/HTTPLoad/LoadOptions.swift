import Foundation

/// What load to make, from the command line.
struct LoadOptions: Sendable {
    static let usage = """
        usage: HTTPLoad ADDRESS:PORT --rate N [options]
          --rate N          requests a second of the well-behaved clients
          --connections N   their keep-alive connections (64)
          --seconds N       how long is measured (5), after --warm-up N seconds (1)
          --grace N         seconds that the last requests may take after the last was due (2)
          --path PATH       what they ask for (/livez); with --body FILE it is a POST of JSON
          --paths FILE      in place of --path: a path a line, asked for in turn
          --slices N        tells latencies also for N slices of the measured time (0)
          --header 'N: V'   a further header field of theirs; may be given several times
          --idle N          then again, beside N silent keep-alive connections
          --slow-heads N    and N clients that send a byte of a head a second
          --slow-readers N  and N clients that read 300 bytes a second of --slow-path PATH
          --settle N        seconds that the crowd is left to itself before it is measured (1)
          --process PID     the server, whose memory is read before and after the crowd has come
        Prints one JSON object.
        """

    let target: Target
    var rate = 0.0
    var connections = 64
    var seconds = 5.0
    var warmUp = 1.0
    var grace = 2.0
    var idle = 0
    var slowHeads = 0
    var slowReaders = 0
    var settling = 1.0
    var slices = 0
    var process: Int?
    private var paths = ["/livez"]
    private var slowPath = "/"
    private var body: [UInt8]?
    private var fields: [String] = []

    /// Reads the words after the program's name.
    init(_ words: ArraySlice<String>) throws(UsageError) {
        guard let target = words.first.flatMap(Target.init) else { throw UsageError("no ADDRESS:PORT") }
        self.target = target
        var rest = words.dropFirst()
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw UsageError("\(name) lacks its value") }
            try take(name, value)
        }
        guard rate > 0 else { throw UsageError("--rate is missing") }
    }

    private mutating func take(_ name: String, _ value: String) throws(UsageError) {
        switch name {
        case "--rate": rate = try Self.number(name, value, 1...10_000_000)
        case "--connections": connections = Int(try Self.number(name, value, 1...60_000))
        case "--seconds": seconds = try Self.number(name, value, 0.1...86_400)
        case "--warm-up": warmUp = try Self.number(name, value, 0...3_600)
        case "--grace": grace = try Self.number(name, value, 0...3_600)
        case "--idle": idle = Int(try Self.number(name, value, 0...60_000))
        case "--slow-heads": slowHeads = Int(try Self.number(name, value, 0...60_000))
        case "--slow-readers": slowReaders = Int(try Self.number(name, value, 0...60_000))
        case "--settle": settling = try Self.number(name, value, 0...3_600)
        case "--process": process = Int(try Self.number(name, value, 1...4_194_304))
        case "--slices": slices = Int(try Self.number(name, value, 0...1_000))
        case "--path": paths = [value]
        case "--paths": paths = try Self.lines(of: value)
        case "--slow-path": slowPath = value
        case "--header": fields.append(try Self.field(value))
        case "--body": body = try Self.contents(of: value)
        default: throw UsageError("unknown option \(name)")
        }
    }

    private static func number(
        _ name: String, _ value: String, _ range: ClosedRange<Double>
    ) throws(UsageError) -> Double {
        guard let number = Double(value), range.contains(number) else {
            throw UsageError("\(name) wants a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func field(_ text: String) throws(UsageError) -> String {
        let isOneLine = text.utf8.allSatisfy { $0 >= 0x20 }
        guard isOneLine, let colon = text.firstIndex(of: ":"), colon > text.startIndex else {
            throw UsageError("--header wants 'Name: value'")
        }
        return text
    }

    private static func contents(of file: String) throws(UsageError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: file) else { throw UsageError("cannot read \(file)") }
        return [UInt8](data)
    }

    private static func lines(of file: String) throws(UsageError) -> [String] {
        let lines = String(decoding: try contents(of: file), as: UTF8.self).split(separator: "\n").map(String.init)
        guard !lines.isEmpty else { throw UsageError("\(file) has no line") }
        return lines
    }

    var hasCrowd: Bool { idle + slowHeads + slowReaders > 0 }

    /// The requests of the well-behaved clients, to be sent in turn; at least one.
    var requests: [[UInt8]] { paths.map(request) }

    private func request(for path: String) -> [UInt8] {
        guard let body else { return head("GET", path, fields) }
        let about = ["Content-Type: application/json", "Content-Length: \(body.count)"]
        return head("POST", path, fields + about) + body
    }

    /// The request of the slow readers.
    var slowRequest: [UInt8] { head("GET", slowPath, []) }

    private func head(_ method: String, _ path: String, _ fields: [String]) -> [UInt8] {
        let lines = ["\(method) \(path) HTTP/1.1", "Host: \(target)"] + fields + ["", ""]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}
