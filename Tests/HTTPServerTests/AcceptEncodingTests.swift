import HTTPServer
import Testing

@Suite("Accept-Encoding")
struct AcceptEncodingTests {
    @Test(
        "gzip is for those who like it at least as much as plain content",
        arguments: [
            ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip, deflate, br", true), ("br, gzip;q=0.1", true),
            ("*", true), ("br, *;q=0.1", true), ("gzip;q=0.001", true), ("identity, gzip", true),
            ("identity;q=0.5, gzip;q=0.5", true), ("identity;q=0, gzip;q=0.1", true), ("*;q=0, gzip", true),
            ("identity;q=0, *", true),
            ("", false), (" ", false), ("identity", false), ("br", false), ("deflate, br", false), ("gzip;q=0", false),
            ("gzip;q=0.000", false), ("*;q=0", false), ("gzip;q=0, *", false), ("x-gzip;q=0, *", false),
            ("identity;q=0", false), ("identity, gzip;q=0.9", false), ("identity, *;q=0.5", false),
            ("gzip, gzip;q=0", false), ("xgzip", false), ("gzip2", false),
        ])
    func table(value: String, prefersGzip: Bool) {
        #expect(AcceptEncoding([value]).prefersGzip == prefersGzip)
    }

    @Test(
        "what cannot be understood asks for nothing",
        arguments: [
            "gzip;q=2", "gzip;q=x", "gzip;q", "gzip;level=9", "gzip br", "gzip, ;q=1", "gzip;;q=1", "gzip, \"br\"",
        ])
    func malformed(value: String) {
        #expect(!AcceptEncoding([value]).prefersGzip)
    }

    @Test("no field asks for nothing, and several count together")
    func fields() {
        #expect(!AcceptEncoding([]).prefersGzip)
        #expect(AcceptEncoding(["br", "gzip"]).prefersGzip)
        #expect(!AcceptEncoding(["gzip", "gzip;q=0"]).prefersGzip)
    }
}
