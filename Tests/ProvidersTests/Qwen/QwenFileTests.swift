import Domain
import EventLoop
import Foundation
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("Qwen's login: the file", .timeLimit(.minutes(10)))
struct QwenFileTests {
    @Test("a token that lives is used as it is, where the login says")
    func valid() async throws {
        try await QwenBench.with { bench in
            try bench.write()
            let source = try bench.source()
            let token = try #require(try await source.token(budget: .seconds(60)))
            #expect(token.value == "access-1" && token.baseURL == "https://portal.qwen.ai/v1")
            #expect(Set(source.secrets()) == ["access-1", "refresh-1"])
            #expect(source.standing().isUsable)
            #expect(bench.requests.isEmpty)
            let fixed = try bench.source(baseURL: "http://127.0.0.1:1/v1")
            #expect(try await fixed.token(budget: .seconds(60))?.baseURL == nil)
        }
    }

    @Test(
        "a fault of the file is told with its name and its field, and nobody is asked",
        arguments: [
            ("", "is no JSON"), ("[]", "is no JSON object"), ("{}", "access_token is missing"),
            (#"{"access_token":7}"#, "access_token must be a text"),
            (#"{"access_token":"secret-a"}"#, "refresh_token is missing"),
            (#"{"access_token":"secret-a","refresh_token":""}"#, "refresh_token must be a text"),
            (#"{"access_token":"secret-a","refresh_token":"secret-r"}"#, "token_type is missing"),
            (
                #"{"access_token":"secret-a","refresh_token":"secret-r","token_type":"Bearer"}"#,
                "expiry_date is missing"
            ),
            (
                #"{"access_token":"secret-a","refresh_token":"secret-r","token_type":"Bearer","expiry_date":"soon"}"#,
                "expiry_date must be a number of milliseconds"
            ),
            (
                #"{"access_token":"secret-a","refresh_token":"r","token_type":"B","expiry_date":1,"resource_url":1}"#,
                "resource_url must be a text"
            ),
        ])
    func faults(text: String, problem: String) async throws {
        try await QwenBench.with { bench in
            try bench.write(text: text)
            let failure = try await bench.failure(try bench.source())
            #expect(failure.failureClass == .auth && failure.provider == "qwen-oauth")
            #expect(failure.detail.hasPrefix("\(bench.path): \(problem)"), "\(failure.detail)")
            #expect(!failure.detail.contains("secret"))
            #expect(bench.requests.isEmpty)
        }
    }

    @Test("a missing file says what to do, and a login that comes later is found at once")
    func missing() async throws {
        try await QwenBench.with { bench in
            let source = try bench.source()
            let failure = try await bench.failure(source)
            #expect(failure.failureClass == .auth)
            #expect(failure.detail.contains(bench.path) && failure.detail.contains("log in with Qwen Code"))
            #expect(!source.standing().isUsable)
            try bench.write()
            #expect(try await source.token(budget: .seconds(60))?.value == "access-1")
        }
    }

    @Test("a login that another process has written is taken over, whether the old one still lives or not")
    func changed() async throws {
        try await QwenBench.with { bench in
            let source = try bench.source()
            for (name, life) in [("a", 3_600), ("b", 3_600), ("c", 20), ("d", 3_600)] as [(String, Int64)] {
                try bench.write(name, endingIn: life)
                guard life > 30 else { continue }
                #expect(try await source.token(budget: .seconds(60))?.value == name)
            }
            #expect(bench.requests.isEmpty)
        }
    }

    @Test("a file that is too long is not read")
    func tooLong() async throws {
        try await QwenBench.with { bench in
            try bench.write("x", ["more": .string(String(repeating: "x", count: 65_536))])
            #expect(try await bench.failure(try bench.source()).detail.contains("longer than 65536 bytes"))
        }
    }

    @Test(
        "a token goes to Qwen's hosts alone",
        arguments: [
            "https://evil.example/v1", "http://portal.qwen.ai/v1", "portal.qwen.ai.evil.example", "qwen.ai", ".qwen.ai",
            "evilqwen.ai", "https://portal.qwen.ai@evil.example", "https://portal.qwen.ai:8443",
            "evil.example#.qwen.ai",
            "evil.example/.qwen.ai", "evil.example\\.qwen.ai", "https://", "", "ftp://portal.qwen.ai",
            "evil.example?.qwen.ai", "портал.qwen.ai",
        ])
    func hostile(url: String) async throws {
        #expect(QwenAddress(url) == nil)
        try await QwenBench.with { bench in
            try bench.write("a", ["resource_url": .string(url)])
            let failure = try await bench.failure(try bench.source())
            #expect(failure.failureClass == .auth)
            #expect(failure.detail.contains("resource_url") && failure.detail.contains("none of Qwen's"))
            #expect(bench.requests.isEmpty)
        }
    }

    @Test(
        "an address is completed",
        arguments: [
            ("portal.qwen.ai", "https://portal.qwen.ai/v1"), ("https://Portal.Qwen.AI/", "https://portal.qwen.ai/v1"),
            ("https://portal.qwen.ai/v1/", "https://portal.qwen.ai/v1"),
            ("dashscope.aliyuncs.com/compatible-mode", "https://dashscope.aliyuncs.com/compatible-mode/v1"),
        ])
    func addresses(text: String, url: String) {
        #expect(QwenAddress(text)?.url == url)
    }

    @Test("without an address the usual one is called")
    func noAddress() async throws {
        try await QwenBench.with { bench in
            try bench.write("a", ["resource_url": .null])
            let token = try await bench.source().token(budget: .seconds(60))
            #expect(token?.baseURL == "https://dashscope.aliyuncs.com/compatible-mode/v1")
        }
    }
}
