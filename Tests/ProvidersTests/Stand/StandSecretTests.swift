import Domain
import EventLoop
import FakeProviders
import Foundation
import HTTPClient
import JSON
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("What the log of GigaChat's provider holds", .timeLimit(.minutes(10)))
struct StandSecretTests {
    private static let prompt = "prompt-that-nobody-else-may-read"
    private static let wrongKey = "d3Jvbmc6a2V5LW9mLXRlc3Rz"

    /// Everything that is logged while `body` runs, at the most verbose level, and the tokens that were given out.
    private static func logged(
        _ plans: [Stand.Plan], prompts: Bool = false,
        _ body: @escaping @Sendable (Stand, Lock<Set<String>>) async throws -> Void
    ) async throws -> (log: String, tokens: Set<String>) {
        let file = FileManager.default.temporaryDirectory.appending(path: "log-\(UUID().uuidString)")
        let sink = try LogSink(minimumLevel: .debug, format: .json, file: file.path)
        let tokens = Lock<Set<String>>([])
        for var plan in plans {
            plan.logger = Logger(sink)
            plan.logsPrompts = prompts
            try await Stand.with(plan) { (stand) async throws in
                try await body(stand, tokens)
                note(stand, in: tokens)
            }
        }
        sink.close()
        defer { remove(file) }
        return (String(decoding: try Data(contentsOf: file), as: UTF8.self), tokens.withLock { $0 })
    }

    /// Keeps the tokens that the fake has seen.
    private static func note(_ stand: Stand, in tokens: Lock<Set<String>>) {
        let fields = stand.fake.log.compactMap { $0.headers["authorization"] }
        let seen = fields.filter { $0.hasPrefix("Bearer ") }.map { String($0.dropFirst(7)) }
        tokens.withLock { $0.formUnion(seen) }
    }

    private static func remove(_ file: URL) {
        do {
            try FileManager.default.removeItem(at: file)
        } catch {
            print("\(file.path): \(error)")
        }
    }

    /// Answers, streams, and every way of failing, with a provider that repeats what it was told.
    private static func everything(_ stand: Stand, _ tokens: Lock<Set<String>>) async throws {
        let router = stand.router()
        let question = Stand.question(prompt)
        await attempt { _ = try await router.complete(question) }
        _ = await stand.read(router, question)
        let token = stand.fake.log.last?.headers["authorization"] ?? ""
        let echo = ScenarioBody.json(["status": 400, "message": .string("\(token) \(stand.fake.settings.credentials)")])
        var steps = [400, 401, 402, 403, 404, 413, 422, 429, 500, 503].map { ScenarioStep(status: $0, body: echo) }
        steps.append(ScenarioStep(status: 302, headers: ["Location": "http://127.0.0.1:1/?\(token.dropFirst(7))"]))
        steps.append(ScenarioStep(status: 200, body: .text("\(token) is no JSON")))
        var cut = ScenarioStep()
        cut.ending = .rst(after: 30)
        steps.append(cut)
        for step in steps {
            stand.fake.enqueue(step, on: .chat, times: 6)
            let fresh = stand.router()
            await attempt { _ = try await fresh.complete(question) }
            _ = await stand.read(fresh, question)
            note(stand, in: tokens)
            stand.fake.reset()
        }
        let refusal = ScenarioBody.json(["code": 6, "message": .string("no \(stand.fake.settings.credentials)")])
        stand.fake.enqueue(ScenarioStep(status: 401, body: refusal), on: .oauth, times: 2)
        await attempt { _ = try await stand.router().complete(question) }
        await attempt { _ = try await stand.engine.models(budget: .seconds(10)) }
    }

    private static func attempt(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            // What the failure says counts here only by what is logged of it.
            return
        }
    }

    private static func expectSilence(_ log: String, about secrets: some Sequence<String>) {
        for secret in secrets {
            let isThere = log.contains(secret)
            #expect(!isThere, "\(secret) is in the log")
        }
    }

    @Test("no key, no token and no question is in it, whatever happens in the cloud mode")
    func cloud() async throws {
        let certificates = try TemporaryCertificates()
        var wrong = Stand.Plan.cloud
        wrong.key = Self.wrongKey
        let (log, tokens) = try await Self.logged([.cloud, .secure(certificates.files), wrong], Self.everything)
        #expect(log.contains("\"model call\"") && log.contains("rate_limited") && log.contains("code 6"))
        #expect(tokens.count >= 2)
        Self.expectSilence(log, about: tokens)
        Self.expectSilence(log, about: [FakeSettings().credentials, Self.wrongKey, "fake-secret", Self.prompt])
    }

    @Test("why a provider cannot be reached is in it, what one that answers says is not")
    func detail() async throws {
        let certificates = try TemporaryCertificates()
        var untrusted = Stand.Plan.mutual(certificates.files)
        untrusted.tls.caFile = nil
        let (unreached, _) = try await Self.logged([untrusted], Self.everything)
        #expect(unreached.contains("\"detail\":\"TLS (verification): SSL certificate problem"))
        #expect(unreached.contains("no CA file is set for this provider"))
        let (reached, _) = try await Self.logged([.cloud], Self.everything)
        let calls = reached.split(separator: "\n").filter { $0.contains("\"message\":\"model call\"") }
        let answered = calls.filter { !$0.contains("\"class\":\"transport\"") && !$0.contains("\"class\":\"ok\"") }
        #expect(!answered.isEmpty)
        #expect(answered.allSatisfy { $0.contains("\"detail\":\"none\"") })
    }

    @Test("no passphrase is in it in the mtls mode, whether it opens the key or not")
    func mutual() async throws {
        let certificates = try TemporaryCertificates()
        var right = Stand.Plan.mutual(certificates.files)
        right.tls.identity?.keyFile = certificates.files.encryptedKey
        right.tls.identity?.passphrase = FakeCertificates.passphrase
        var wrong = right
        wrong.tls.identity?.passphrase = "passphrase-that-does-not-fit"
        let (log, _) = try await Self.logged([right, wrong], Self.everything)
        #expect(log.contains("\"model call\"") && log.contains("\"ok\"") && log.contains("\"auth\""))
        Self.expectSilence(log, about: [FakeCertificates.passphrase, "passphrase-that-does-not-fit", Self.prompt])
        Self.expectSilence(log, about: ["PRIVATE KEY", FakeSettings().credentials])
    }

    @Test("questions are in it where that is asked for, keys and tokens even then are not")
    func prompts() async throws {
        let (log, tokens) = try await Self.logged([.cloud], prompts: true, Self.everything)
        #expect(log.contains(Self.prompt))
        Self.expectSilence(log, about: tokens.union([FakeSettings().credentials]))
    }
}
