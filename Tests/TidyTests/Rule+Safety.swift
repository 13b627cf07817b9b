extension Rule {
    static let noForce = Rule.ban("try!", "as!", in: .everything, instead: "handle the case that it fails")

    static let noFatalError = Rule.ban(
        "fatalError(", in: .sources, instead: "throw; `precondition` where only a bug can lead there")

    /// `try?` loses the error, so each one says on its line, or the line before, why that is right:
    /// `// tidy: allow try? — the file may be gone already`.
    static let noSwallowedError = Rule(.sources) { file in
        file.findings("`try?`: handle the error, or say why not: `// tidy: allow try? — reason`") { index, line in
            guard line.mentions("try?") else { return false }
            return !file.lines[max(0, index - 1)...index].contains { isAllowance($0.comment) }
        }
    }

    private static func isAllowance(_ comment: String) -> Bool {
        guard let range = comment.firstRange(of: "tidy: allow try?") else { return false }
        let reason = comment[range.upperBound...].drop { $0.isWhitespace || $0 == "—" || $0 == "-" || $0 == ":" }
        return reason.count >= 10
    }

    static let uncheckedIsExplained = Rule(.sources) { file in
        file.findings("unchecked by the compiler: say why it is right in a `// Safety:` line below") { index, line in
            guard line.mentions("@unchecked Sendable") || line.mentions("nonisolated(unsafe)") else { return false }
            let near = file.lines[max(0, index - 1)...min(index + 3, file.lines.count - 1)]
            return !near.contains { $0.comment.contains("Safety:") }
        }
    }

    /// A task of its own outlives its request, and leaves the event loop.
    static let noLooseTask = Rule.ban(
        "Task {", "Task.detached", "Task.immediate",
        in: .folders(["Sources/Service/API", "Sources/System/HTTPServer"]),
        instead: "use a task group, or a task with `executorPreference`")

    static let noMarkers = Rule(.everything) { file in
        file.findings("a leftover marker: do it, or drop it") { _, line in
            ["TODO", "FIXME", "XXX"].contains { marker in
                [line.code, line.comment].contains { $0.words.contains(marker[...]) }
            }
        }
    }
}
