import JSON

/// The settings of one JSON file, by their dotted keys: `{"topics": {"dlq": {"name": "x"}}}` has `topics.dlq.name`.
struct JSONSettings: Sendable {
    /// The text of each key that holds something; `null` says that the file leaves the setting alone.
    private(set) var texts: [String: String] = [:]
    /// Keys whose value no setting can have.
    private(set) var faults: [ConfigurationFault] = []
    /// All keys, in the file's order.
    private(set) var keys: [String] = []

    /// Files of settings are three levels deep; the bound only has to keep a broken one from taking the stack.
    private static let parser = JSONParser(maximumDepth: 16)

    init(_ file: ConfigurationSources.TextFile) {
        do throws(JSONParseError) {
            guard let root = try Self.parser.parse(file.text).objectValue else {
                faults = [ConfigurationFault(file.name, "the file must hold one JSON object")]
                return
            }
            collect(root, under: "", file: file.name)
        } catch {
            faults = [ConfigurationFault(file.name, "not JSON: \(error)")]
        }
    }

    private mutating func collect(_ object: JSONObject, under prefix: String, file: String) {
        for (key, value) in object {
            let path = prefix + key
            if let inner = value.objectValue {
                collect(inner, under: path + ".", file: file)
                continue
            }
            keys.append(path)
            if value.isNull { continue }
            if let text = Self.text(value) {
                texts[path] = text
            } else {
                faults.append(ConfigurationFault("\(file) \(path)", "a list may hold only strings and numbers"))
            }
        }
    }

    /// The value as it would stand in the environment; nil for a list of anything but scalars.
    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): String(number)
        case .decimal(let number): number.text
        case .array(let elements): list(elements)
        case .null, .object: nil
        }
    }

    private static func list(_ elements: [JSONValue]) -> String? {
        let texts = elements.compactMap { $0.arrayValue == nil ? text($0) : nil }
        return texts.count == elements.count ? texts.joined(separator: ",") : nil
    }
}
