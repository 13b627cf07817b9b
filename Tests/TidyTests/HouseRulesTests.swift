import Foundation
import Testing

/// The rules, against the package as it is. `RuleTests` shows that each of them can fail.
@Suite("The package keeps the rules of the house")
struct HouseRulesTests {
    @Test("the sources are found") func sourcesAreFound() throws {
        let files = try SourceTree.package.get().files
        #expect(files.contains { $0.path == "Sources/System/EventLoop/EventLoop.swift" })
        #expect(files.contains { $0.path == "Tests/TidyTests/HouseRulesTests.swift" })
    }

    @Test("a file has at most 400 lines, a test file 500") func fileLength() throws {
        try expectKept(.fileLength)
    }

    @Test("a line has at most 120 columns") func lineLength() throws {
        try expectKept(.lineLength)
    }

    @Test("a function has at most 60 lines") func functionLength() throws {
        try expectKept(.functionLength)
    }

    @Test("nothing is forced: no try!, no as!") func noForce() throws {
        try expectKept(.noForce)
    }

    @Test("no fatalError in the sources") func noFatalError() throws {
        try expectKept(.noFatalError)
    }

    @Test("no try? swallows an error without a reason") func noSwallowedError() throws {
        try expectKept(.noSwallowedError)
    }

    @Test("what the compiler cannot check says why it is safe") func uncheckedIsExplained() throws {
        try expectKept(.uncheckedIsExplained)
    }

    @Test("a request path starts no loose task") func noLooseTask() throws {
        try expectKept(.noLooseTask)
    }

    @Test("no leftover markers") func noMarkers() throws {
        try expectKept(.noMarkers)
    }

    @Test("names say what a thing is") func namesSayWhat() throws {
        try expectKept(.namesSayWhat)
    }

    @Test("a file is named after what it declares") func fileIsNamedAfterContent() throws {
        try expectKept(.fileIsNamedAfterContent)
    }

    @Test("an import points down") func importsPointDown() throws {
        try expectKept(.importsPointDown)
    }

    @Test("a product module imports no C") func productImportsNoC() throws {
        try expectKept(.productImportsNoC)
    }

    @Test("a technology is known to its adapter only") func technologyStaysInItsAdapter() throws {
        try expectKept(.technologyStaysInItsAdapter)
    }

    /// Records each finding at the line it names, so that an editor leads there.
    private func expectKept(_ rule: Rule) throws {
        let tree = try SourceTree.package.get()
        for finding in rule.findings(in: tree.files) {
            let location = SourceLocation(
                fileID: "TidyTests/\(finding.path)",
                filePath: tree.root.appending(path: finding.path).path,
                line: finding.line,
                column: 1
            )
            Issue.record("\(finding)", sourceLocation: location)
        }
    }
}
