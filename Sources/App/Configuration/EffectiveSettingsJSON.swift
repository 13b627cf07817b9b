import JSON

/// What `gigaoffice config --json` prints: `{"settings": […], "warnings": […], "faults": […]}`. Secrets are masked.
enum EffectiveSettingsJSON {
    /// One compact line, ending with a line feed.
    static func render(_ loaded: LoadedConfiguration) -> String {
        let root: JSONValue = [
            "settings": .array(loaded.effective.map(setting)),
            "warnings": .array(loaded.warnings.map { .string($0.description) }),
            "faults": .array(loaded.faults.map(fault)),
        ]
        return "\(root)\n"
    }

    private static func setting(_ effective: EffectiveSetting) -> JSONValue {
        let value: JSONValue = if case .shown(let text) = effective.value { .string(text) } else { .null }
        return [
            "name": .string(effective.setting.name),
            "value": value,
            "origin": .string(effective.origin.description),
            "secret": .bool(effective.setting.isSecret),
            "used": .bool(!effective.setting.isReserved),
            "faulty": .bool(effective.value == .faulty),
        ]
    }

    private static func fault(_ fault: ConfigurationFault) -> JSONValue {
        ["name": .string(fault.name), "message": .string(fault.description)]
    }
}
