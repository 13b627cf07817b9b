import Foundation
import Testing

@testable import App

@Suite("The doctor's look at files")
struct DoctorFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A configuration with this package's own folders, and a log in the test's.
    private func configuration(_ change: (inout Configuration) -> Void = { _ in }) -> Configuration {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var configuration = Configuration()
        configuration.paths.resources = root.appending(path: "resources").path
        configuration.paths.migrations = root.appending(path: "migrations").path
        configuration.paths.environmentFile = "\(folder.path)/none.env"
        configuration.server.maxConnections = 1
        change(&configuration)
        return configuration
    }

    private func findings(_ change: (inout Configuration) -> Void = { _ in }) -> [DoctorFinding] {
        FileChecks(configuration(change)).findings
    }

    private func file(_ name: String, mode: UInt16) throws -> String {
        try folder.write("x=1\n".utf8, to: name)
        let path = "\(folder.path)/\(name)"
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test("a good deployment has nothing to mend")
    func good() throws {
        let env = try file("good.env", mode: 0o600)
        let found = findings { configuration in
            configuration.paths.environmentFile = env
            configuration.logging.file = "\(folder.path)/gigaoffice.log"
        }
        #expect(found.allSatisfy { $0.level != .fail && ($0.level == .ok) == ($0.advice == nil) })
        #expect(found.map(\.subject) == ["prompts", "migrations", "env file", "LOG_FILE", "open files"])
        #expect(found.filter { $0.subject != "LOG_FILE" }.allSatisfy { $0.level == .ok })
    }

    @Test(
        "a file with secrets is for its owner alone",
        arguments: [
            (UInt16(0o600), DoctorFinding.Level.ok), (0o400, .ok), (0o640, .warn), (0o660, .warn), (0o644, .fail),
            (0o604, .fail), (0o666, .fail),
        ])
    func rights(mode: UInt16, level: DoctorFinding.Level) throws {
        let path = try file("a.key", mode: mode)
        let found = try #require(
            findings { $0.kafka.tls.key = path }.first { $0.subject == "KAFKA_SSL_KEYFILE" })
        #expect(found.level == level)
        let advice = found.advice?.english
        #expect(advice == (level == .ok ? nil : "run: chmod 600 \(path)"))
        let env = findings { $0.paths.environmentFile = path }.first { $0.subject == "env file" }
        #expect(env?.level == level)
    }

    @Test("what is missing is a fault that names it, with what to do")
    func missing() {
        let found = findings { configuration in
            configuration.paths.migrations = "/nowhere"
            configuration.gigachat.mutualTLS.key = "/nowhere/a.key"
            configuration.gigachat.runMode = .mtls
            configuration.gigachat.mutualTLS.certificate = "/nowhere/a.crt"
            configuration.gigachat.authorities = "/nowhere/ca.crt"
            configuration.logging.file = "/nowhere/logs/a.log"
        }
        let faults = found.filter { $0.level == .fail }
        #expect(
            faults.map(\.subject) == [
                "migrations", "GIGACHAT_MTLS_KEY_FILE", "GIGACHAT_MTLS_CERT_FILE", "GIGACHAT_CA_BUNDLE_FILE",
                "LOG_FILE",
            ])
        for fault in faults {
            #expect(fault.detail.english.contains("/nowhere"))
            #expect(fault.advice?.russian.isEmpty == false && fault.advice?.english.isEmpty == false)
        }
    }

    @Test("each fault of the prompts is told")
    func prompts() throws {
        try folder.write("categories: 5\n".utf8, to: "resources/prompts/categories.yaml")
        let found = findings { $0.paths.resources = "\(folder.path)/resources" }.filter { $0.subject == "prompts" }
        #expect(!found.isEmpty && found.allSatisfy { $0.level == .fail })
    }

    @Test("too few open files are a warning with the number that is needed")
    func openFiles() {
        let found = findings { $0.server.maxConnections = 1_000_000_000 }.last
        #expect(found?.level == .warn && found?.detail.english.contains("1000000250") == true)
    }
}
