import JSON
import Testing

@testable import App

@Suite("What `gigaoffice config` prints")
struct EffectiveSettingsTests {
    private func line(_ name: String, of text: String) -> [Substring] {
        let line = text.split(separator: "\n").first { $0.contains("  \(name) ") }
        return line?.split(separator: " ") ?? []
    }

    @Test("Each setting has a line with its value and its origin")
    func text() {
        let text = EffectiveSettingsText.render(
            ConfigurationLoader.load(sources(environment: ["PORT": "1"], dotEnv: "DB_PASSWORD=x")))
        #expect(line("PORT", of: text) == ["PORT", "1", "environment"])
        #expect(line("DB_PASSWORD", of: text) == ["DB_PASSWORD", "****", ".env", "line", "1"])
        #expect(line("DB_HOST", of: text) == ["DB_HOST", "localhost", "default"])
        #expect(line("LOG_FILE", of: text) == ["LOG_FILE", "(not", "set)", "default"])
        for setting in SettingTable.settings { #expect(!line(setting.name, of: text).isEmpty, "\(setting.name)") }
    }

    @Test("A reserved setting says that it is not used")
    func reserved() {
        let text = EffectiveSettingsText.render(load(["DB_SCHEMA": "x"]))
        let words = line("DB_SCHEMA", of: text).joined(separator: " ")
        #expect(words == "DB_SCHEMA x environment, not used by this version")
    }

    @Test("Warnings and faults come after the settings")
    func faults() {
        let text = EffectiveSettingsText.render(load(["PORT": "x", "DB_HSOT": "y"]))
        #expect(line("PORT", of: text) == ["PORT", "(fault,", "see", "below)", "environment"])
        #expect(text.contains("\nwarning: DB_HSOT is not a known setting (from environment); did you mean DB_HOST?\n"))
        #expect(text.hasSuffix("\nfault: PORT: \"x\" is not a whole number from 0 to 65535 (from environment)\n"))
    }

    @Test("The JSON form holds the same")
    func json() throws {
        let text = EffectiveSettingsJSON.render(load(["PORT": "x", "DB_PASSWORD": "y", "DB_HSOT": "z"]))
        let root = try JSONParser().parse(text)
        let settings = try #require(root["settings"]?.arrayValue)
        #expect(settings.map { $0["name"]?.stringValue } == SettingTable.settings.map(\.name))
        let password = try #require(settings.first { $0["name"] == "DB_PASSWORD" })
        #expect(
            password == [
                "name": "DB_PASSWORD", "value": "****", "origin": "environment", "secret": true, "used": true,
                "faulty": false,
            ])
        #expect(settings.first { $0["name"] == "PORT" }?["faulty"] == true)
        #expect(root["faults"]?.arrayValue?.first?["name"] == "PORT")
        #expect(root["warnings"]?.arrayValue?.isEmpty == false)
    }
}
