/// Settings that belong together, and the JSON file they may also stand in.
struct SettingGroup: Sendable {
    let title: String
    let file: ConfigurationFile?
    let settings: [Setting]

    init(_ title: String, file: ConfigurationFile? = nil, _ settings: [Setting]) {
        self.title = title
        self.file = file
        self.settings = settings
    }
}
