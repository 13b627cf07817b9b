import JSON

extension TokenShape {
    /// Names: `ttl` in milliseconds, `seconds`, `short`, `past`, `no_end`.
    init(json: JSONValue) throws(FakeError) {
        self.init()
        for (name, value) in try StepReader(json, "token").members {
            switch name {
            case "ttl": life = try StepReader.duration(value, name)
            case "seconds": inSeconds = try StepReader.flag(value, name)
            case "short": isShort = try StepReader.flag(value, name)
            case "past": isPast = try StepReader.flag(value, name)
            case "no_end": hasNoEnd = try StepReader.flag(value, name)
            default: throw .invalidStep("token has no \(name)")
            }
        }
    }
}
