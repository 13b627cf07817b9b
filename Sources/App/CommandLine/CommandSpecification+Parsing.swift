extension CommandSpecification: CommandSpecifying {
    func parse(_ arguments: ArraySlice<String>) throws(UsageError) -> Command {
        var options = initial
        var rest = arguments
        var seen: Set<String> = []
        var operandCount = 0
        while let argument = rest.popFirst() {
            if argument == "--help" || argument == "-h" { return .help(help) }
            if !argument.hasPrefix("-"), operand != nil {
                try takeOperand(argument, after: operandCount, &options)
                operandCount += 1
                continue
            }
            let (name, attached) = Self.split(argument)
            guard let option = self.options.first(where: { $0.name == name }) else { throw unknown(name) }
            guard seen.insert(name).inserted else { throw wrong("\(name) is given twice") }
            let value = try takeValue(of: option, attached: attached, from: &rest)
            guard option.take(value, &options) else {
                throw wrong("\(name): \"\(value)\" is not \(option.expectation)")
            }
        }
        if let operand, operand.isRequired, operandCount == 0 { throw wrong("\(name) needs \(operand.placeholder)") }
        if let problem = check(options) { throw wrong(problem) }
        return command(options)
    }

    private func takeOperand(_ text: String, after count: Int, _ options: inout Options) throws(UsageError) {
        guard let operand, operand.isRepeatable || count == 0 else {
            throw wrong("\(name) takes no second argument \"\(text)\"")
        }
        guard operand.take(text, &options) else { throw wrong("\"\(text)\" is not \(operand.expectation)") }
    }

    /// `--port=1` is `--port 1`.
    private static func split(_ argument: String) -> (name: String, value: String?) {
        guard argument.hasPrefix("--"), let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
        return (String(argument[..<equals]), String(argument[argument.index(after: equals)...]))
    }

    private func takeValue(
        of option: OptionSpecification<Options>, attached: String?, from rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let placeholder = option.placeholder else {
            guard attached == nil else { throw wrong("\(option.name) takes no value") }
            return ""
        }
        if let attached { return attached }
        guard let next = rest.first, !next.hasPrefix("-") else {
            throw wrong("\(option.name) needs a value: \(option.name) \(placeholder)")
        }
        rest.removeFirst()
        return next
    }

    private func unknown(_ name: String) -> UsageError {
        guard name.hasPrefix("-") else { return wrong("\(self.name) takes no argument \"\(name)\"") }
        let hint = Spelling(known: options.map(\.name) + ["--help"]).nearest(to: name)
        return wrong("\(self.name) has no option \(name)" + (hint.map { "; did you mean \($0)?" } ?? ""))
    }

    private func wrong(_ problem: String) -> UsageError {
        UsageError(problem: problem, usage: usage)
    }
}
