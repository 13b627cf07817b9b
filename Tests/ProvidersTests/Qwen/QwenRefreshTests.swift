import Domain
import EventLoop
import Foundation
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("Qwen's login: renewing", .timeLimit(.minutes(10)))
struct QwenRefreshTests {
    @Test(
        "a token in its last half minute is renewed as Qwen wants it, and the login written back", arguments: [29, -5])
    func renewed(seconds: Int64) async throws {
        let answer = QwenBench.renewed("access-2", #","refresh_token":"r/2 +","resource_url":"dashscope.aliyuncs.com""#)
        try await QwenBench.with([answer]) { bench in
            try bench.write(endingIn: seconds, ["id_token": "kept", "own": try JSONParser().parse(#"{"a":[1,0.10]}"#)])
            let token = try #require(try await bench.source().token(budget: .seconds(60)))
            #expect(token.value == "access-2" && token.baseURL == "https://dashscope.aliyuncs.com/v1")
            let request = try #require(bench.requests.first)
            #expect(request.path == "/api/v1/oauth2/token")
            #expect(request.head.hasPrefix("POST ") && request.head.lowercased().contains("x-request-id: "))
            #expect(request.head.contains("Content-Type: application/x-www-form-urlencoded\r\n"))
            let form = "grant_type=refresh_token&refresh_token=refresh-1&client_id=f0304373b74a44d2b584a3fb70ca9e56"
            #expect(String(decoding: request.body, as: UTF8.self) == form)
            let login = try bench.content()
            #expect(login["access_token"] == "access-2" && login["refresh_token"] == "r/2 +")
            #expect(login["id_token"] == "kept" && login["own"]?.description == #"{"a":[1,0.10]}"#)
            let left = Double(try #require(login["expiry_date"]?.intValue)) / 1000 - Date.now.timeIntervalSince1970
            #expect((21_500...21_601).contains(left))
            let attributes = try FileManager.default.attributesOfItem(atPath: bench.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let folder = (bench.path as NSString).deletingLastPathComponent
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["oauth_creds.json"])
        }
    }

    @Test("without a new refresh token the old one stays, and is used for the next time")
    func noRotation() async throws {
        try await QwenBench.with([QwenBench.renewed("access-2", ""), QwenBench.renewed("access-3")]) { bench in
            try bench.write(endingIn: 0)
            let source = try bench.source()
            let token = try await source.token(budget: .seconds(60))
            #expect(try bench.content()["refresh_token"] == "refresh-1")
            #expect(source.invalidate(token))
            #expect(try await source.token(budget: .seconds(60))?.value == "access-3")
            #expect(try bench.content()["refresh_token"] == "refresh-2")
            #expect(bench.requests.count == 2)
        }
    }

    @Test("fifty who need a token at once renew the login once")
    func singleFlight() async throws {
        try await QwenBench.with([QwenBench.renewed("access-2")]) { bench in
            try bench.write(endingIn: 0)
            let source = try bench.source()
            let tasks = (0..<50).map { _ in bench.loop.spawn { try await source.token(budget: .seconds(60))?.value } }
            for task in tasks { #expect(try await task.value == "access-2") }
            #expect(bench.requests.count == 1)
        }
    }

    @Test(
        "a login that is over is asked about once, and one that takes its place is used at once", arguments: [400, 401])
    func dead(status: Int) async throws {
        let gone = #"{"error":"invalid_grant","error_description":"refresh-1 is used up"}"#
        try await QwenBench.with([reply(status, gone), QwenBench.renewed("access-2")]) { bench in
            try bench.write(endingIn: 0)
            let source = try bench.source()
            for _ in 0..<3 {
                let failure = try await bench.failure(source)
                #expect(failure.failureClass == .auth)
                #expect(failure.detail.contains("log in again with Qwen Code") && failure.detail.contains(bench.path))
                #expect(!failure.detail.contains("refresh-1"))
            }
            #expect(bench.requests.count == 1)
            #expect(!source.standing().isUsable)
            try bench.write("access-9")
            #expect(try await source.token(budget: .seconds(60))?.value == "access-9")
            #expect(bench.requests.count == 1)
        }
    }

    @Test("a refresh token that was refused is never sent again, however often a token is asked for")
    func deadForEver() async throws {
        try await QwenBench.with([reply(401, "{}")]) { bench in
            try bench.write(endingIn: 0)
            let login = try bench.login()
            for _ in 0..<3 {
                guard case .failure(let fault) = await login.token() else {
                    Issue.record("a token came")
                    return
                }
                #expect(fault.isConfiguration)
            }
            #expect(bench.requests.count == 1)
        }
    }

    @Test(
        "what may pass is not remembered, and the lock is given up",
        arguments: [
            (reply(429, "{}"), FailureClass.rateLimited), (reply(500, "<html>WAF</html>", type: "text/html"), .server),
            (reply(403, "<html>WAF</html>", type: "text/html"), .forbidden), (reply(200, "<html>"), .malformed),
            (reply(200, "{}"), .malformed), (reply(200, #"{"access_token":""}"#), .malformed), ("", .transport),
        ])
    func passing(answer: String, kind: FailureClass) async throws {
        try await QwenBench.with([answer, QwenBench.renewed("access-2")]) { bench in
            try bench.write(endingIn: 0)
            let source = try bench.source()
            #expect(try await bench.failure(source).failureClass == kind)
            #expect(!FileManager.default.fileExists(atPath: bench.lockPath))
            #expect(try await source.token(budget: .seconds(60))?.value == "access-2")
        }
    }

    @Test("an address of a stranger in the answer changes nothing")
    func hostileAnswer() async throws {
        try await QwenBench.with([QwenBench.renewed("access-2", #","resource_url":"evil.example""#)]) { bench in
            try bench.write(endingIn: 0)
            let token = try await bench.source().token(budget: .seconds(60))
            #expect(token?.baseURL == "https://portal.qwen.ai/v1")
            #expect(try bench.content()["resource_url"] == "portal.qwen.ai")
        }
    }

    @Test("while another process has the lock its login is waited for, and nothing is renewed twice")
    func locked() async throws {
        try await QwenBench.with([QwenBench.renewed("never")]) { bench in
            try bench.write(endingIn: 0)
            try "other".write(toFile: bench.lockPath, atomically: true, encoding: .utf8)
            let source = try bench.source(lockAttempts: 20)
            let waiting = bench.loop.spawn { try await source.token(budget: .seconds(60))?.value }
            try await bench.loop.sleep(for: .milliseconds(50))
            try bench.write("theirs")
            try FileManager.default.removeItem(atPath: bench.lockPath)
            #expect(try await waiting.value == "theirs")
            #expect(bench.requests.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: bench.lockPath))
        }
    }

    @Test("a lock that nobody gives up is a failure that may pass, and a stale one is taken over")
    func stale() async throws {
        try await QwenBench.with([QwenBench.renewed("access-2")]) { bench in
            try bench.write(endingIn: 0)
            try "other".write(toFile: bench.lockPath, atomically: true, encoding: .utf8)
            let source = try bench.source()
            let failure = try await bench.failure(source)
            #expect(failure.failureClass == .server && failure.detail.contains("lock"))
            #expect(bench.requests.isEmpty)
            let past = Date(timeIntervalSinceNow: -11)
            try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: bench.lockPath)
            #expect(try await source.token(budget: .seconds(60))?.value == "access-2")
            #expect(!FileManager.default.fileExists(atPath: bench.lockPath))
        }
    }
}
