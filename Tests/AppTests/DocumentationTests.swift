import Foundation
import JSON
import Testing

@testable import App

/// With `UPDATE_REFERENCE=1` in the environment these tests write what they would otherwise compare.
@Suite("What is written about settings")
struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let updates = ProcessInfo.processInfo.environment["UPDATE_REFERENCE"] == "1"

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    private func expect(_ path: String, is wanted: String) throws {
        if Self.updates {
            try wanted.write(to: Self.root.appending(path: path), atomically: true, encoding: .utf8)
        }
        let matches = try text(path) == wanted
        #expect(matches, "\(path) differs from the table; UPDATE_REFERENCE=1 swift test writes it anew")
    }

    @Test("docs/configuration.md lists exactly the settings of the table")
    func reference() throws {
        let page = try text("docs/configuration.md")
        let start = try #require(page.range(of: SettingsReference.start))
        let end = try #require(page.range(of: SettingsReference.end))
        let before = page[..<start.upperBound]
        let after = page[end.lowerBound...]
        try expect("docs/configuration.md", is: "\(before)\n\n\(SettingsReference.markdown)\n\(after)")
    }

    @Test("docs/metrics.md lists exactly the metrics of the registry")
    func metrics() throws {
        let page = try text("docs/metrics.md")
        let start = try #require(page.range(of: MetricsReference.start))
        let end = try #require(page.range(of: MetricsReference.end))
        let (before, after) = (page[..<start.upperBound], page[end.lowerBound...])
        try expect("docs/metrics.md", is: "\(before)\n\n\(MetricsReference.markdown)\n\(after)")
    }

    @Test(".env.example lists exactly the settings of the table")
    func environmentExample() throws {
        try expect(".env.example", is: SettingsReference.environmentExample)
    }

    @Test(".env.example is a right .env file, as it is and with every setting uncommented")
    func environmentExampleLoads() throws {
        let example = try text(".env.example")
        #expect(DotEnv(example, name: ".env").entries == [])
        let settings = example.split(separator: "\n").filter {
            $0.hasPrefix("#") && $0.dropFirst().first?.isUppercase == true
        }
        let names = SettingTable.settings.map(\.name)
        let uncommented = settings.map { String($0.dropFirst()) }.joined(separator: "\n")
        #expect(DotEnv(uncommented, name: ".env").entries.map(\.name) == names)
        let loaded = ConfigurationLoader.load(sources(dotEnv: uncommented))
        #expect(try loaded.outcome.get() == Configuration())
    }

    @Test("The JSON files hold every key there is, with its default", arguments: ConfigurationFile.allCases)
    func jsonFiles(file: ConfigurationFile) throws {
        let group = try #require(SettingTable.groups.first { $0.file == file })
        let content = try text("resources/config/\(file.rawValue)")
        let parsed = JSONSettings(.init(name: file.rawValue, text: content))
        #expect(parsed.faults == [])
        #expect(Set(parsed.keys) == Set(group.settings.compactMap(\.key)))
        for setting in group.settings {
            guard let key = setting.key else { continue }
            #expect(parsed.texts[key] == setting.fallback, "\(key)")
        }
    }
}
