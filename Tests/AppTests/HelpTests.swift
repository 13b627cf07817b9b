import Testing

@testable import App

@Suite("Help texts")
struct HelpTests {
    private static let commands = CommandTable.commands.flatMap { command in
        [command] + ((command as? CommandFamily)?.members ?? [])
    }
    private static let names = commands.map(\.name)

    private func help(_ arguments: String...) throws -> String {
        let words = arguments.flatMap { $0.split(separator: " ").map(String.init) }
        guard case .help(let text) = try CommandLineParser.parse(words) else { return "" }
        return text
    }

    @Test("Each command has a help text, asked for in any of three ways", arguments: names)
    func eachCommand(name: String) throws {
        let text = try help("help", name)
        #expect(text.hasPrefix("usage: gigaoffice \(name)"))
        #expect(text.contains("\nExample:\n  ") && text.hasSuffix("\n"))
        #expect(try help(name, "--help") == text)
        #expect(try help(name, "-h") == text)
    }

    @Test("A help text documents each option in a column, and fits a terminal", arguments: names)
    func options(name: String) throws {
        let command = try #require(Self.commands.first { $0.name == name })
        let text = try help("help", name)
        let width = command.optionLines.map(\.term.count).max() ?? 0
        for line in command.optionLines {
            #expect(text.contains("\n  \(line.term.padded(to: width))  \(line.meaning)\n"))
            #expect(line.meaning.count > 10)
        }
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 110 })
    }

    @Test("The usage line shows each option")
    func usage() throws {
        let line = try help("help", "serve").split(separator: "\n").first
        #expect(line == "usage: gigaoffice serve [--role all|api|worker] [--port N] [--host H] [--env-file F]")
    }

    @Test("The example of each command is a right command line", arguments: names)
    func examples(name: String) throws {
        let text = try help("help", name)
        let example = try #require(text.split(separator: "\n").last)
        let words = example.split(separator: " ").map(String.init).drop { $0.contains("=") }
        #expect(words.first == "gigaoffice")
        let command = try CommandLineParser.parse(Array(words.dropFirst()))
        if case .help = command { Issue.record("the example only asks for help") }
    }

    @Test("The overview lists each command with its summary")
    func overview() throws {
        let text = try help("--help")
        for command in CommandTable.commands {
            #expect(text.contains("  \(command.name) ") && text.contains("  \(command.summary)\n"))
        }
        #expect(text.contains("--version") && text.contains("-h, --help"))
    }

    @Test("A default in a help text is the real one")
    func defaults() throws {
        #expect(try help("help", "dev-broker").contains("(default: \(DevBrokerOptions().partitions))"))
        #expect(try help("help", "serve").contains("(default: \(ServeOptions().role.rawValue))"))
    }
}
