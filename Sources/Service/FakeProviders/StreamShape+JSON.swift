import JSON

extension StreamShape {
    /// Names: `line_end`, `blank`, `chunks`, `deltas`, `pause` in milliseconds, `one_write`, `usage`,
    /// `finish_reason`, `done`, `extra_lines`, `raw_events`, `trailer`.
    init(json: JSONValue) throws(FakeError) {
        self.init()
        for (name, value) in try StepReader(json, "stream").members { try read(name, value) }
    }

    private mutating func read(_ name: String, _ value: JSONValue) throws(FakeError) {
        switch name {
        case "line_end": lineEnd = try StepReader.text(value, name)
        case "blank": blank = try StepReader.text(value, name)
        case "chunks": chunks = max(1, try StepReader.count(value, name))
        case "deltas": deltas = value.arrayValue
        case "pause": pause = try StepReader.duration(value, name)
        case "one_write": isOneWrite = try StepReader.flag(value, name)
        case "usage":
            guard let usage = Usage(rawValue: try StepReader.text(value, name)) else {
                throw .invalidStep("usage is last, own or absent")
            }
            self.usage = usage
        case "finish_reason": finishReason = value.isNull ? nil : try StepReader.text(value, name)
        case "done": hasDoneMarker = try StepReader.flag(value, name)
        case "extra_lines": extraLines = try Self.texts(value, name)
        case "raw_events": rawEvents = try Self.texts(value, name)
        case "trailer": trailer = try StepReader.text(value, name)
        default: throw .invalidStep("stream has no \(name)")
        }
    }

    private static func texts(_ value: JSONValue, _ name: String) throws(FakeError) -> [String] {
        var texts: [String] = []
        for text in value.arrayValue ?? [] { texts.append(try StepReader.text(text, name)) }
        return texts
    }
}
