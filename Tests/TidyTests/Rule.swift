/// A rule of the house that a program can check.
struct Rule: Sendable {
    enum Scope {
        case everything
        /// What is no test: `Sources` and `Benchmarks`.
        case sources
        /// The folders that are named.
        case folders([String])

        func contains(_ file: SourceFile) -> Bool {
            switch self {
            case .everything: true
            case .sources: !file.isTest
            case .folders(let folders): folders.contains { file.path.hasPrefix($0 + "/") }
            }
        }
    }

    let scope: Scope
    let check: @Sendable (SourceFile) -> [Finding]

    init(_ scope: Scope, _ check: @escaping @Sendable (SourceFile) -> [Finding]) {
        self.scope = scope
        self.check = check
    }

    /// A rule that bans words of code.
    static func ban(_ tokens: String..., in scope: Scope, instead: String) -> Rule {
        Rule(scope) { file in
            tokens.flatMap { token in
                file.findings("`\(token)`: \(instead)") { _, line in line.mentions(token) }
            }
        }
    }

    /// Where `files` break the rule.
    func findings(in files: [SourceFile]) -> [Finding] {
        files.filter(scope.contains).flatMap(check)
    }
}
