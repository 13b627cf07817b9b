import JSON

extension FakeSettings {
    /// Takes what `POST /__fake/config` says; what it does not name stays. Names: `token_ttl`, `answer_delay` and
    /// `clock_offset` in milliseconds, the last one also below zero; `token_rate` and `concurrency`, null for no limit;
    /// `require_user_agent`, `accept_bearer`, `html_for_unknown_paths`. Throws ``FakeError/invalidStep(_:)``, and then
    /// has taken nothing.
    mutating func take(_ json: JSONValue) throws(FakeError) {
        var changed = self
        for (name, value) in try StepReader(json, "config").members { try changed.take(name, value) }
        self = changed
    }

    private mutating func take(_ name: String, _ value: JSONValue) throws(FakeError) {
        switch name {
        case "token_ttl": tokenLife = try StepReader.duration(value, name)
        case "answer_delay": answerDelay = try StepReader.duration(value, name)
        case "clock_offset": clockOffset = try StepReader.offset(value, name)
        case "token_rate": tokenRequestsPerSecond = value.isNull ? nil : try StepReader.count(value, name)
        case "concurrency": concurrencyLimit = value.isNull ? nil : try StepReader.count(value, name)
        case "require_user_agent": requiresUserAgent = try StepReader.flag(value, name)
        case "accept_bearer": acceptsBearer = try StepReader.flag(value, name)
        case "html_for_unknown_paths": answersUnknownPathsInHTML = try StepReader.flag(value, name)
        default: throw .invalidStep("config has no \(name)")
        }
    }

    /// What can be changed that way, as it is.
    var json: JSONValue {
        let milliseconds = { (duration: Duration) in JSONValue.integer(Int(duration / .milliseconds(1))) }
        return [
            "token_ttl": milliseconds(tokenLife), "answer_delay": milliseconds(answerDelay),
            "clock_offset": milliseconds(clockOffset),
            "token_rate": tokenRequestsPerSecond.map { .integer($0) } ?? .null,
            "concurrency": concurrencyLimit.map { .integer($0) } ?? .null,
            "require_user_agent": .bool(requiresUserAgent), "accept_bearer": .bool(acceptsBearer),
            "html_for_unknown_paths": .bool(answersUnknownPathsInHTML),
        ]
    }
}
