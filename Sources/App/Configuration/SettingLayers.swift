/// The texts of all places in order of precedence: command line, environment, `.env`, JSON files, folders found.
struct SettingLayers: Sendable {
    private(set) var faults: [ConfigurationFault] = []
    private(set) var warnings: [ConfigurationWarning] = []
    /// Highest first.
    private var layers: [[String: SourcedText]] = []
    private let found: [String: String]

    init(_ sources: ConfigurationSources, groups: [SettingGroup]) {
        found = sources.found
        let names = groups.flatMap(\.settings).map(\.name)
        let spelling = Spelling(known: names)
        layers.append(sources.options.mapValues { SourcedText(text: $0, origin: .commandLine) })
        layers.append(sources.environment.mapValues { SourcedText(text: $0, origin: .environment) })
        if let file = sources.environmentFile { addEnvironmentFile(file) }
        warnOfUnknownNames(spelling)
        for group in groups {
            guard let file = group.file, let text = sources.files[file] else { continue }
            addFile(text, of: group)
        }
    }

    /// What the highest place that names the setting says; nil if none does or that one says "not set".
    func text(of name: String) -> SourcedText? {
        for layer in layers {
            guard let text = layer[name] else { continue }
            if text.isUnset { break }
            return text
        }
        return found[name].map { SourcedText(text: $0, origin: .search) }
    }

    private mutating func addEnvironmentFile(_ file: ConfigurationSources.TextFile) {
        let parsed = DotEnv(file.text, name: file.name)
        faults += parsed.faults
        var layer: [String: SourcedText] = [:]
        for entry in parsed.entries {
            let origin = Origin.environmentFile(file.name, line: entry.line)
            guard entry.name != SettingTable.environmentFileName else {
                warnings.append(ConfigurationWarning("\(entry.name) counts only in the environment (from \(origin))"))
                continue
            }
            if let earlier = layer[entry.name] {
                warnings.append(
                    ConfigurationWarning("\(entry.name) is set twice: \(origin) hides \(earlier.origin)"))
            }
            layer[entry.name] = SourcedText(text: entry.value, origin: origin)
        }
        layers.append(layer)
    }

    private mutating func warnOfUnknownNames(_ spelling: Spelling) {
        let known = Set(spelling.known)
        for layer in layers {
            for (name, text) in layer.sorted(by: { $0.key < $1.key }) where !known.contains(name) {
                guard SettingTable.ownPrefixes.contains(where: name.hasPrefix) else { continue }
                warnings.append(ConfigurationWarning(unknown: name, origin: text.origin, spelling: spelling))
            }
        }
    }

    private mutating func addFile(_ file: ConfigurationSources.TextFile, of group: SettingGroup) {
        let parsed = JSONSettings(file)
        faults += parsed.faults
        var layer: [String: SourcedText] = [:]
        for setting in group.settings {
            guard let key = setting.key, let text = parsed.texts[key] else { continue }
            layer[setting.name] = SourcedText(text: text, origin: .file(file.name, key: key))
        }
        layers.append(layer)
        let spelling = Spelling(known: group.settings.compactMap(\.key))
        let unknown = parsed.keys.filter { !spelling.known.contains($0) }
        for key in unknown {
            let hint = spelling.nearest(to: key).map { "; did you mean \"\($0)\"?" } ?? ""
            warnings.append(ConfigurationWarning("\(file.name): \"\(key)\" is not a known key\(hint)"))
        }
    }
}
