@testable import App

/// The table of settings as the files that people read show it.
enum SettingsReference {
    static let start = "<!-- settings: made from the table of settings; see the end of this page -->"
    static let end = "<!-- end of settings -->"

    /// A Markdown table for each group.
    static var markdown: String {
        SettingTable.groups.map { group in
            let file = group.file.map { "Also in `resources/config/\($0.rawValue)`.\n\n" } ?? ""
            let head = "| Name | Meaning | A right value is | Default | JSON key |\n|---|---|---|---|---|\n"
            return "### \(group.title)\n\n\(file)\(head)" + group.settings.map(row).joined()
        }.joined(separator: "\n")
    }

    private static func row(_ setting: Setting) -> String {
        let meaning = (setting.isReserved ? "Reserved. " : "") + setting.meaning
        let cells = [
            code(setting.name), prose(meaning), prose(setting.expectation), code(setting.fallback), code(setting.key),
        ]
        return "| " + cells.joined(separator: " | ") + " |\n"
    }

    /// Stars would be taken for emphasis.
    private static func prose(_ text: String) -> String {
        text.replacing("*", with: "\\*")
    }

    private static func code(_ text: String?) -> String {
        text.map { "`\($0)`" } ?? ""
    }

    /// The whole of `.env.example`.
    static var environmentExample: String {
        let head = """
            # Copy this file to .env and uncomment what has to differ. docs/configuration.md explains the form.
            # Lines below show the defaults; a setting without a value has none.

            """
        return head
            + SettingTable.groups.map { group in
                "\n## \(group.title)\n\n" + group.settings.map(example).joined(separator: "\n")
            }.joined()
    }

    private static func example(_ setting: Setting) -> String {
        let reserved = setting.isReserved ? "Not used by this version. " : ""
        return """
            # \(reserved)\(setting.meaning)
            # A right value is \(setting.expectation).
            #\(setting.name)=\(setting.fallback ?? "")

            """
    }
}
