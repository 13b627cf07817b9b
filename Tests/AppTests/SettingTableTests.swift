import Testing

@testable import App

@Suite("The table of settings")
struct SettingTableTests {
    /// One of them is right for each setting, and not its default.
    private static let samples = [
        "33554432",
        "3", "7", "1500", "30000", "true", "false", "test", "cloud", "warning", "text", "require", "PLAIN",
        "a.example:9092", "10.0.0.0/8",
        "https://x.example", "/some/where", "some_text", "429,ok",
        "own-name", "bearer", "mistral/some", "chat:expensive", "mistral/*=1",
    ]

    /// What `setting` alone makes of the default configuration with its first fitting sample.
    private static func changed(by setting: Setting) -> Configuration? {
        for sample in samples where sample != setting.fallback {
            var configuration = Configuration()
            if case .kept = setting.apply(sample, to: &configuration) { return configuration }
        }
        return nil
    }

    @Test("Every setting that is read fills a property of its own")
    func fillsOwnProperty() throws {
        var seen: [(name: String, configuration: Configuration)] = []
        for setting in SettingTable.settings where !setting.isReserved {
            let configuration = try #require(Self.changed(by: setting))
            let same = (seen + [("nothing", Configuration())]).filter { $0.configuration == configuration }.map(\.name)
            #expect(same == [], "\(setting.name)")
            seen.append((setting.name, configuration))
        }
    }

    @Test("A reserved setting is checked and changes nothing")
    func reserved() throws {
        for setting in SettingTable.settings where setting.isReserved {
            let configuration = try #require(Self.changed(by: setting))
            let isUnchanged = configuration == Configuration()
            #expect(isUnchanged, "\(setting.name)")
        }
    }

    @Test("No name and no key of a file stands in the table twice")
    func unique() {
        let names = SettingTable.settings.map(\.name)
        #expect(Set(names).count == names.count)
        for group in SettingTable.groups {
            let keys = group.settings.compactMap(\.key)
            #expect(Set(keys).count == keys.count)
        }
    }

    @Test("Each default is a value that the setting accepts and shows in the same way")
    func defaultsAreRight() {
        for setting in SettingTable.settings {
            guard let fallback = setting.fallback else { continue }
            var configuration = Configuration()
            #expect(setting.apply(fallback, to: &configuration) == .kept(fallback), "\(setting.name)")
            #expect(configuration == Configuration(), "\(setting.name)")
        }
    }

    @Test("Whatever is named like a password, a key or a credential is a secret, and nothing else is")
    func secretNames() {
        let endings = ["PASSWORD", "API_KEY", "CREDENTIALS"]
        for setting in SettingTable.settings {
            #expect(setting.isSecret == endings.contains(where: setting.name.hasSuffix), "\(setting.name)")
        }
    }

    @Test("No secret has a default or may stand in a JSON file")
    func secretsStayOut() {
        let secrets = SettingTable.settings.filter(\.isSecret)
        #expect(!secrets.isEmpty && secrets.allSatisfy { $0.key == nil && $0.fallback == nil })
    }

    @Test("Each meaning is one sentence")
    func meanings() {
        for setting in SettingTable.settings {
            #expect(setting.meaning.count > 10 && setting.meaning.hasSuffix("."), "\(setting.name)")
        }
    }
}
