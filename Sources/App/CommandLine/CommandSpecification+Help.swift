extension CommandSpecification {
    var usage: String {
        let operands = [operand?.written].compactMap(\.self)
        return (["usage: gigaoffice", name] + operands + options.map { "[\($0.written)]" }).joined(separator: " ")
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
