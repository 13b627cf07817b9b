/// How a log line looks.
public enum LogFormat: Sendable {
    /// For people at a terminal.
    case text
    /// One JSON object a line, for collectors.
    case json

    /// Renders one line, ending with a line feed.
    func line(_ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], at time: WallTime) -> String {
        switch self {
        case .text: textLine(level, message, fields, time)
        case .json: jsonLine(level, message, fields, time)
        }
    }

    private func textLine(
        _ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], _ time: WallTime
    ) -> String {
        let name = level.name.uppercased()
        var line = "\(time.rfc3339) \(name)\(String(repeating: " ", count: max(0, 8 - name.count)))"
        line += Self.escaped(message)
        for (key, value) in fields {
            line += " \(key)="
            switch value {
            case .text(let text):
                line += text.contains(where: \.isWhitespace) ? "\"\(Self.escaped(text))\"" : Self.escaped(text)
            case .integer(let number): line += String(number)
            case .number(let number): line += String(number)
            }
        }
        return line + "\n"
    }

    private func jsonLine(
        _ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)], _ time: WallTime
    ) -> String {
        var line = "{\"time\":\"\(time.rfc3339)\",\"level\":\"\(level.name)\",\"message\":\"\(Self.escaped(message))\""
        for (key, value) in fields {
            line += ",\"\(Self.escaped(key))\":"
            switch value {
            case .text(let text): line += "\"\(Self.escaped(text))\""
            case .integer(let number): line += String(number)
            case .number(let number): line += number.isFinite ? String(number) : "null"
            }
        }
        return line + "}\n"
    }

    /// JSON's escapes, which also keep a line a line: nobody's input can forge a second one.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
