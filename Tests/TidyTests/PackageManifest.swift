import Foundation

/// `Package.swift` as text: which module declares which dependencies.
struct PackageManifest {
    /// For the targets made by `system(…)`, `service(…)` and `benchmark(…)`, which stand on a line each.
    let dependencies: [String: Set<String>]

    static let package = Result {
        let file = try SourceTree.package.get().root.appending(path: "Package.swift")
        return PackageManifest(text: try String(contentsOf: file, encoding: .utf8))
    }

    init(text: String) {
        let line = /^ +(?:system|service|benchmark)\("(\w+)"(?:, \[([^\]]*)\])?\),$/
        let lines = text.matches(of: line.anchorsMatchLineEndings())
        dependencies = Dictionary(
            lines.map { match in
                let names = (match.output.2 ?? "").matches(of: /\w+/).map { String($0.output) }
                return (String(match.output.1), Set(names))
            },
            uniquingKeysWith: { $0.union($1) })
    }
}
