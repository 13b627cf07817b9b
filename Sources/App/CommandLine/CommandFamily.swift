/// Commands under one word: `gigaoffice jobs list`, `gigaoffice jobs show`. The members carry both words as name.
struct CommandFamily: CommandSpecifying {
    let name: String
    let summary: String
    let details: [String]
    let members: [any CommandSpecifying]
    let example: String

    var optionLines: [HelpLine] {
        members.map { HelpLine(term: lastWord(of: $0), meaning: $0.summary) }
    }

    var usage: String {
        "usage: gigaoffice \(name) \(members.map(lastWord).joined(separator: "|")) [options]"
    }

    var help: String {
        [
            usage, details.joined(separator: "\n"), "Commands:\n" + HelpLine.aligned(optionLines),
            "`gigaoffice help \(name) COMMAND` tells more about one of them.", "Example:\n  \(example)",
        ].joined(separator: "\n\n") + "\n"
    }

    func parse(_ arguments: ArraySlice<String>) throws(UsageError) -> Command {
        guard let word = arguments.first else { throw wrong("\(name) needs a command") }
        if word == "--help" || word == "-h" { return .help(help) }
        guard let member = member(named: word) else {
            let hint = Spelling(known: members.map(lastWord)).nearest(to: word).map { "; did you mean \($0)?" } ?? ""
            throw wrong("\(name) has no command \(word)\(hint)")
        }
        return try member.parse(arguments.dropFirst())
    }

    func member(named word: String) -> (any CommandSpecifying)? {
        members.first { $0.name == "\(name) \(word)" }
    }

    private func lastWord(of member: any CommandSpecifying) -> String {
        String(member.name.dropFirst(name.count + 1))
    }

    private func wrong(_ problem: String) -> UsageError {
        UsageError(problem: problem, usage: usage)
    }
}
