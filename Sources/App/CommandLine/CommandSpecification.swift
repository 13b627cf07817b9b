/// One command: its words for people and its options. The parser and all help texts are made from it.
struct CommandSpecification<Options: Sendable>: Sendable {
    let name: String
    /// One line for the list of commands.
    let summary: String
    /// What the command does, a few lines.
    let details: [String]
    let initial: Options
    /// What it takes beside options.
    var operand: OperandSpecification<Options>?
    let options: [OptionSpecification<Options>]
    /// The settings the command reads, for the help.
    let environment: [String]
    let example: String
    /// What is wrong with options that are each right by themselves.
    var check: @Sendable (Options) -> String? = { _ in nil }
    let command: @Sendable (Options) -> Command
}
