extension CommandSpecification {
    /// On as many lines as it takes for a terminal.
    var usage: String {
        let operands = [operand?.written].compactMap(\.self)
        var lines = ["usage: gigaoffice \(name)"]
        for word in operands + options.map({ "[\($0.written)]" }) {
            let longer = "\(lines[lines.count - 1]) \(word)"
            if longer.count <= 100 { lines[lines.count - 1] = longer } else { lines.append("    \(word)") }
        }
        return lines.joined(separator: "\n")
    }

    var optionLines: [HelpLine] {
        let operands = [operand].compactMap(\.self).map { HelpLine(term: $0.written, meaning: $0.meaning) }
        return operands
            + options.map { option in
                let fallback = option.fallback.map { " (default: \($0))" } ?? ""
                return HelpLine(term: option.written, meaning: option.meaning + fallback)
            } + [HelpLine(term: "-h, --help", meaning: "print this text")]
    }

    var help: String {
        var parts = [usage, details.joined(separator: "\n"), "Options:\n" + HelpLine.aligned(optionLines)]
        if !environment.isEmpty {
            parts.append("Environment:\n" + environment.map { "  \($0)" }.joined(separator: "\n"))
        }
        parts.append("Example:\n  \(example)")
        return parts.joined(separator: "\n\n") + "\n"
    }
}
