/// The `.env` file: one `NAME=value` a line, with an optional `export`, `#` comments, and values bare, in single
/// quotes (as they are) or in double quotes (with `\n \r \t \" \\ \$`). Nothing is expanded.
struct DotEnv: Sendable {
    /// The lines that were right, in order.
    private(set) var entries: [Entry] = []
    /// The lines that were not, by line number; none repeats the line, which may hold a secret.
    private(set) var faults: [ConfigurationFault] = []

    struct Entry: Sendable, Equatable {
        let name: String
        let value: String
        let line: Int
    }

    /// Reads the whole text; `name` is the file's name for the faults.
    init(_ text: String, name: String) {
        let bytes = text.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? text.utf8.dropFirst(3) : text.utf8[...]
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            let line = index + 1
            do throws(DotEnvLine.Fault) {
                guard let parsed = try DotEnvLine(Substring(bytes)) else { continue }
                entries.append(Entry(name: parsed.name, value: parsed.value, line: line))
            } catch {
                faults.append(ConfigurationFault("\(name) line \(line)", error.rawValue))
            }
        }
    }
}
