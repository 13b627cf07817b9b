import API
import JSON
import TestSupport
import Testing

extension Pages {
    /// Pages that tell which they are.
    static let sample = Pages(
        description: Array(#"{"openapi":"3.1.0"}"#.utf8),
        files: [
            "try.html": Array("try".utf8), "swagger.html": Array("swagger".utf8), "redoc.html": Array("redoc".utf8),
            "documents-missing.html": Array("missing".utf8), "try.css": Array("body{}".utf8),
            "admin.html": Array("admin".utf8),
            "try.js": Array(String(repeating: "let a = 1\n", count: 500).utf8), "notes.txt": Array("no".utf8),
        ])

    static let withBundles: Pages = {
        var pages = Pages.sample
        for name in bundleNames { pages.bundles[name] = Array(name.utf8) }
        return pages
    }()
}

@Suite("Pages and the description")
struct PageTests {
    @Test("a page is HTML that may load files of ours and nothing else, neither inside the page nor from elsewhere")
    func policy() async throws {
        try await TestAPI.with { api in
            let answer = try await api.get("/")
            #expect(answer.status == 200 && answer.text == "try")
            #expect(answer["content-type"] == "text/html; charset=utf-8")
            let policy = try #require(answer["content-security-policy"])
            #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
            #expect(!policy.contains("unsafe") && !policy.contains("*") && !policy.contains("http"))
        }
    }

    @Test("files come from memory with their types and a tag, compressed when asked; others are not there")
    func assets() async throws {
        try await TestAPI.with { api in
            let script = try await api.get("/assets/try.js", ["Accept-Encoding: gzip"])
            #expect(script["content-type"] == "text/javascript; charset=utf-8")
            #expect(script["content-encoding"] == "gzip" && script.body.count < 500)
            let tag = try #require(script["etag"])
            let again = try await api.get("/assets/try.js", ["Accept-Encoding: gzip", "If-None-Match: \(tag)"])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try await api.get("/assets/try.css")["content-type"] == "text/css; charset=utf-8")
            for name in ["none.js", "try.html", "notes.txt", "..%2Ftry.css", "swagger-ui-bundle.js"] {
                try await api.get("/assets/\(name)").expectProblem(404)
            }
        }
    }

    @Test("the description is JSON with a tag")
    func description() async throws {
        try await TestAPI.with { api in
            let answer = try await api.get("/openapi.json")
            #expect(answer.json["openapi"] == "3.1.0")
            let tag = try #require(answer["etag"])
            #expect(try await api.get("/openapi.json", ["If-None-Match: \(tag)"]).status == 304)
            #expect(try await api.ask("HEAD", "/openapi.json")["content-length"] == "\(answer.body.count)")
        }
    }

    @Test("without the bundles a page says so, and the description is there all the same")
    func withoutBundles() async throws {
        try await TestAPI.with { api in
            for path in ["/docs", "/redoc"] {
                let answer = try await api.get(path)
                #expect(answer.status == 404 && answer.text == "missing")
                #expect(answer["content-type"] == "text/html; charset=utf-8")
            }
            #expect(try await api.get("/openapi.json").status == 200)
        }
    }

    @Test("with the bundles the documents are shown, with scripts from files only")
    func withBundles() async throws {
        try await TestAPI.with(pages: .withBundles) { api in
            for (path, page) in [("/docs", "swagger"), ("/redoc", "redoc")] {
                let answer = try await api.get(path)
                #expect(answer.status == 200 && answer.text == page)
                #expect(answer["content-security-policy"]?.contains("script-src 'self';") == true)
            }
            #expect(try await api.get("/assets/redoc.standalone.js").text == "redoc.standalone.js")
        }
    }
}
