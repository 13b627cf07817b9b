/// How a log line looks.
public enum LogFormat: Sendable {
    /// For people at a terminal.
    case text
    /// One JSON object a line, for collectors.
    case json

    /// Renders one line as UTF-8, ending with a line feed.
    func line(_ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], at time: WallTime) -> [UInt8] {
        var line = LogLine()
        switch self {
        case .text: writeText(level, message, fields, time, to: &line)
        case .json: writeJSON(level, message, fields, time, to: &line)
        }
        return line.bytes
    }

    private func writeText(
        _ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], _ time: WallTime,
        to line: inout LogLine
    ) {
        let name = level.name.uppercased()
        line.append(time.rfc3339)
        line.append(" \(name)\(String(repeating: " ", count: max(0, 8 - name.count)))")
        line.append(escaping: message)
        for (key, value) in fields {
            line.append(" ")
            line.append(escaping: key)
            line.append("=")
            switch value {
            case .text(let text):
                let quote = text.contains(where: \.isWhitespace) ? "\"" : ""
                line.append(quote)
                line.append(escaping: text)
                line.append(quote)
            case .integer(let number): line.append(String(number))
            case .number(let number): line.append(String(number))
            }
        }
        line.append("\n")
    }

    private func writeJSON(
        _ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], _ time: WallTime,
        to line: inout LogLine
    ) {
        line.append("{\"time\":\"")
        line.append(time.rfc3339)
        line.append("\",\"level\":\"")
        line.append(level.name)
        line.append("\",\"message\":\"")
        line.append(escaping: message)
        line.append("\"")
        for (key, value) in fields {
            line.append(",\"")
            line.append(escaping: key)
            line.append("\":")
            switch value {
            case .text(let text):
                line.append("\"")
                line.append(escaping: text)
                line.append("\"")
            case .integer(let number): line.append(String(number))
            case .number(let number): line.append(number.isFinite ? String(number) : "null")
            }
        }
        line.append("}\n")
    }
}
