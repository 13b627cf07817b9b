/// Turns the program's arguments into a command. Pure: prints nothing and ends nothing.
enum CommandLineParser {
    /// The usage line of the whole program.
    static let usage = "usage: gigaoffice <command> [options]"

    /// Reads the arguments that follow the program's name.
    static func parse(_ arguments: [String]) throws(UsageError) -> Command {
        guard let first = arguments.first else { throw UsageError(problem: "no command is given", usage: summary) }
        switch first {
        case "--help", "-h": return .help(overview)
        case "--version": return .version(asJSON: false)
        case "help": return try help(arguments.dropFirst())
        default: return try command(named: first).parse(arguments.dropFirst())
        }
    }

    private static func help(_ topics: ArraySlice<String>) throws(UsageError) -> Command {
        if topics.count == 2, let first = topics.first, let second = topics.last,
            let family = CommandTable.commands.first(where: { $0.name == first }) as? CommandFamily,
            let member = family.member(named: second)
        {
            return .help(member.help)
        }
        guard topics.count <= 1 else {
            throw UsageError(problem: "help takes one command", usage: "usage: gigaoffice help [command]")
        }
        guard let topic = topics.first, !["help", "--help", "-h"].contains(topic) else { return .help(overview) }
        return .help(try command(named: topic).help)
    }

    private static func command(named name: String) throws(UsageError) -> any CommandSpecifying {
        if let command = CommandTable.commands.first(where: { $0.name == name }) { return command }
        let kind = name.hasPrefix("-") ? "option" : "command"
        let known = CommandTable.commands.map(\.name) + ["help", "--help", "--version"]
        let hint = Spelling(known: known).nearest(to: name).map { "; did you mean \($0)?" } ?? ""
        throw UsageError(problem: "there is no \(kind) \(name)\(hint)", usage: summary)
    }

    private static let summary =
        "\(usage)\ncommands: \(CommandTable.commands.map(\.name).joined(separator: ", ")), help"

    /// The help text of the whole program, ending with a line feed.
    static let overview = """
        \(usage)

        GigaOffice AI Service: takes jobs from spreadsheet plugins and has language models do them.

        Commands:
        \(HelpLine.aligned(CommandTable.commands.map { HelpLine(term: $0.name, meaning: $0.summary) } + [
            HelpLine(term: "help [command]", meaning: "print this text, or a command's own"),
        ]))

        Options:
        \(HelpLine.aligned([
            HelpLine(term: "-h, --help", meaning: "print this text; after a command, that command's"),
            HelpLine(term: "--version", meaning: "print the version"),
        ]))

        Settings come from the environment, an .env file and resources/config; `gigaoffice config` prints them.

        Example:
          gigaoffice serve --port 8080

        """
}
