/// What `gigaoffice config` prints for people: a line for each setting with its value and origin, then warnings
/// and faults. Secrets are masked.
enum EffectiveSettingsText {
    /// The whole text, ending with a line feed.
    static func render(_ loaded: LoadedConfiguration, groups: [SettingGroup] = SettingTable.groups) -> String {
        let byName = Dictionary(loaded.effective.map { ($0.setting.name, $0) }, uniquingKeysWith: { first, _ in first })
        let nameWidth = loaded.effective.map(\.setting.name.count).max() ?? 0
        let valueWidth = min(40, loaded.effective.map { shown($0).count }.max() ?? 0)
        var lines: [String] = []
        for group in groups {
            lines.append(group.title)
            for effective in group.settings.compactMap({ byName[$0.name] }) {
                let name = effective.setting.name.padded(to: nameWidth)
                let value = shown(effective).padded(to: valueWidth)
                let note = effective.setting.isReserved ? ", not used by this version" : ""
                lines.append("  \(name)  \(value)  \(effective.origin)\(note)")
            }
            lines.append("")
        }
        lines += loaded.warnings.map { "warning: \($0)" }
        lines += loaded.faults.map { "fault: \($0)" }
        if lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func shown(_ effective: EffectiveSetting) -> String {
        switch effective.value {
        case .unset: "(not set)"
        case .shown(let text): text
        case .faulty: "(fault, see below)"
        }
    }
}
