/// A command of whatever options.
protocol CommandSpecifying: Sendable {
    var name: String { get }
    var summary: String { get }
    /// The options as they are written, with their meanings.
    var optionLines: [HelpLine] { get }
    /// `usage: gigaoffice serve [--port N]`.
    var usage: String { get }
    /// The whole help text of the command, ending with a line feed.
    var help: String { get }

    /// Reads what follows the command's name.
    func parse(_ arguments: ArraySlice<String>) throws(UsageError) -> Command
}
