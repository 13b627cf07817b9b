public import JSON

extension ScenarioStep {
    /// Reads a step as `POST /__fake/scenario` takes it; times are in milliseconds. Throws
    /// ``FakeError/invalidStep(_:)`` for an unknown name or a value that makes no sense.
    ///
    /// Names: `status`, `headers`, one of `json`, `text`, `html`, `empty`, `raw`; `wait_before_head`,
    /// `wait_after_head`, `trickle {bytes, every}`, `framing`, `excess`, `ending {how, after}`, `token {…}`,
    /// `stream {…}`.
    public init(json: JSONValue) throws(FakeError) {
        self.init()
        let reader = try StepReader(json, "step")
        for (name, value) in reader.members {
            if try readAnswer(name, value) { continue }
            switch name {
            case "wait_before_head": waitBeforeHead = try StepReader.duration(value, name)
            case "wait_after_head": waitAfterHead = try StepReader.duration(value, name)
            case "trickle": trickle = try Self.trickle(value)
            case "framing": framing = try Self.framing(value, excess: json["excess"])
            case "excess": _ = try StepReader.count(value, name)
            case "ending": ending = try Self.ending(value)
            case "token": token = try TokenShape(json: value)
            case "stream": stream = try StreamShape(json: value)
            default: throw .invalidStep("there is no \(name)")
            }
        }
    }

    /// False when `name` is not about status, fields or body.
    private mutating func readAnswer(_ name: String, _ value: JSONValue) throws(FakeError) -> Bool {
        switch name {
        case "status":
            status = try StepReader.count(value, name)
            guard (200...599).contains(status ?? 0) else { throw .invalidStep("status is from 200 to 599") }
        case "headers":
            for (field, text) in try StepReader(value, name).members {
                headers[field] = try StepReader.line(text, field)
            }
        case "json": body = .json(value)
        case "text": body = .text(try StepReader.text(value, name))
        case "html": body = .html(try StepReader.text(value, name))
        case "raw": body = .raw(Array(try StepReader.text(value, name).utf8))
        case "empty": if try StepReader.flag(value, name) { body = .empty }
        default: return false
        }
        return true
    }

    private static func trickle(_ value: JSONValue) throws(FakeError) -> Trickle {
        let bytes = try StepReader.count(value["bytes"] ?? .null, "trickle.bytes")
        guard bytes > 0 else { throw .invalidStep("trickle.bytes is at least 1") }
        return Trickle(bytes: bytes, every: try StepReader.duration(value["every"] ?? .null, "trickle.every"))
    }

    private static func framing(_ value: JSONValue, excess: JSONValue?) throws(FakeError) -> ScenarioFraming {
        switch value.stringValue {
        case "length": .length
        case "wrong_length": .wrongLength(excess: try StepReader.count(excess ?? .integer(1), "excess"))
        case "chunked": .chunked
        case "bad_chunk": .badChunk
        case "until_close": .untilClose
        default: throw .invalidStep("framing is length, wrong_length, chunked, bad_chunk or until_close")
        }
    }

    private static func ending(_ value: JSONValue) throws(FakeError) -> ScenarioEnding {
        let after = try value["after"].map { (count) throws(FakeError) in try StepReader.count(count, "ending.after") }
        switch value["how"]?.stringValue {
        case "orderly": return .orderly
        case "fin": return .fin(after: after)
        case "rst": return .rst(after: after)
        case "stall": return .stall(after: after)
        default: throw .invalidStep("ending.how is orderly, fin, rst or stall")
        }
    }
}
