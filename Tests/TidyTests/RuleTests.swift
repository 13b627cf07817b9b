import Testing

/// Each rule against text that breaks it and text that does not: a rule that cannot fail is no rule.
@Suite("A rule finds what breaks it, and only that")
struct RuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let rule: Rule
        let path: String
        let text: String
        /// The lines with findings.
        let lines: [Int]

        init(_ rule: Rule, _ text: String, at path: String = "Sources/System/JSON/Thing.swift", finds lines: Int...) {
            self.rule = rule
            self.path = path
            self.text = text
            self.lines = lines
        }

        var testDescription: String { "\(path): \(text.prefix(60).split(separator: "\n").joined(separator: " ⏎ "))" }
    }

    @Test("size, safety and names", arguments: sizes + safety + names)
    func onText(_ given: Case) { check(given) }

    @Test("imports", arguments: imports)
    func onImports(_ given: Case) { check(given) }

    private func check(_ given: Case) {
        let findings = given.rule.findings(in: [SourceFile(path: given.path, text: given.text)])
        #expect(findings.map(\.line) == given.lines)
    }

    private static func lines(_ count: Int) -> String { String(repeating: "let x = 1\n", count: count) }

    private static func function(bodyLines: Int) -> String { "\nfunc f(\n    a: Int\n) {\n\(lines(bodyLines))}\n" }

    static let sizes = [
        Case(.fileLength, lines(401), finds: 401),
        Case(.fileLength, lines(400)),
        Case(.fileLength, lines(500), at: "Tests/JSONTests/Thing.swift"),
        Case(.fileLength, lines(501), at: "Tests/JSONTests/Thing.swift", finds: 501),
        Case(.lineLength, "a\n" + String(repeating: "я", count: 121), finds: 2),
        Case(.lineLength, String(repeating: "я", count: 120)),
        Case(.functionLength, function(bodyLines: 57), finds: 2),
        Case(.functionLength, function(bodyLines: 56)),
        Case(.functionLength, "struct S {\n  init() {\n\(lines(59))}\n}", finds: 2),
        Case(.functionLength, "struct S {\n  var x: Int {\n\(lines(59))}\n}", finds: 2),
        Case(.functionLength, "struct S {\n\(lines(100))}"),
    ]

    static let safety = [
        Case(.noForce, "let a = try! f()\nlet b = c as! D", finds: 1, 2),
        Case(.noForce, "let a = try f() // not try!\nlet b = \"as!\"\nlet c = d as? E"),
        Case(.noFatalError, "func f() {\n    fatalError()\n}", finds: 2),
        Case(.noFatalError, "func f() { fatalError() }", at: "Tests/JSONTests/Thing.swift"),
        Case(.noFatalError, "let fatalErrors = nonfatalError(2)"),
        Case(.noSwallowedError, "let a = try? f()", finds: 1),
        Case(.noSwallowedError, "let a = try? f() // tidy: allow try? — absence is the answer"),
        Case(.noSwallowedError, "// tidy: allow try? — absence is the answer\nlet a = try? f()"),
        Case(.noSwallowedError, "let a = try? f() // tidy: allow try? —", finds: 1),
        Case(.noSwallowedError, "// tidy: allow try? — absence is the answer\n\nlet a = try? f()", finds: 3),
        Case(.uncheckedIsExplained, "final class C: @unchecked Sendable {\n}", finds: 1),
        Case(.uncheckedIsExplained, "final class C: @unchecked Sendable {\n    // Safety: never written.\n}"),
        Case(.uncheckedIsExplained, "// Safety: set once.\nnonisolated(unsafe) var x = 1"),
        Case(.uncheckedIsExplained, "nonisolated(unsafe) var x = 1\n\n\n\n// Safety: too far.", finds: 1),
        Case(.noLooseTask, "Task { await f() }", at: "Sources/Service/API/Thing.swift", finds: 1),
        Case(.noLooseTask, "Task.detached { }", at: "Sources/System/HTTPServer/Thing.swift", finds: 1),
        Case(.noLooseTask, "struct RequestTask { }", at: "Sources/Service/API/Thing.swift"),
        Case(.noLooseTask, "Task(executorPreference: l) { }", at: "Sources/Service/API/Thing.swift"),
        Case(.noLooseTask, "Task { await f() }"),
        Case(.noMarkers, "// TODO: later\nlet a = 1 // FIXME\n/* XXX */", finds: 1, 2, 3),
        Case(.noMarkers, "// a mastodon\nlet text = \"TODO\""),
    ]

    static let names = [
        Case(.namesSayWhat, "struct Thing {}", at: "Sources/System/JSON/JSONHelper.swift", finds: 1),
        Case(.namesSayWhat, "\nfinal class ThingManager {}", finds: 2),
        Case(.namesSayWhat, "struct Base64 {}\nstruct DatabaseName {}\nstruct Implication {}"),
        Case(.fileIsNamedAfterContent, "struct Other {}", finds: 1),
        Case(.fileIsNamedAfterContent, "public struct Thing {}"),
        Case(.fileIsNamedAfterContent, "func thing() {}"),
        Case(.fileIsNamedAfterContent, "// only a comment\n"),
        Case(.fileIsNamedAfterContent, "extension Thing {}", at: "Sources/System/JSON/Thing+Text.swift"),
        Case(.fileIsNamedAfterContent, "extension Text {}", at: "Sources/System/JSON/Thing+Text.swift", finds: 1),
    ]

    static let imports = [
        Case(.importsPointDown, "import HTTP", finds: 1),
        Case(.importsPointDown, "import Glibc\nimport Synchronization"),
        Case(.importsPointDown, "public import JSON\nimport Queue", at: "Sources/Service/Storage/A.swift", finds: 2),
        Case(.importsPointDown, "import struct Worker.Intake", at: "Sources/Service/API/A.swift", finds: 1),
        Case(.importsPointDown, "import API\nimport Postgres", at: "Sources/App/A.swift"),
        Case(.importsPointDown, "import API\nimport App", at: "Benchmarks/HTTPBenchmarkServer/A.swift", finds: 2),
        Case(.importsPointDown, "let a = 1", at: "Benchmarks/Novelty/A.swift", finds: 1),
        Case(.importsPointDown, "let a = 1", at: "Sources/System/Novelty/A.swift", finds: 1),
        Case(.productImportsNoC, "import CLibpq", at: "Sources/Service/Storage/A.swift", finds: 1),
        Case(.productImportsNoC, "import Glibc", at: "Sources/Service/Domain/A.swift", finds: 1),
        Case(.productImportsNoC, "import Glibc\nimport CLinux", at: "Sources/App/A.swift", finds: 2),
        Case(.productImportsNoC, "import CLibpq", at: "Sources/System/Postgres/A.swift"),
        Case(.technologyStaysInItsAdapter, "import Postgres", at: "Sources/Service/API/A.swift", finds: 1),
        Case(.technologyStaysInItsAdapter, "import Postgres", at: "Sources/Service/Storage/A.swift"),
        Case(.technologyStaysInItsAdapter, "import CLibcurl", at: "Sources/System/Kafka/A.swift", finds: 1),
    ]
}
