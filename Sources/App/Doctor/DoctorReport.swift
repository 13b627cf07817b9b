import JSON

/// All that was found, for people and for programs.
struct DoctorReport: Sendable {
    let findings: [DoctorFinding]

    /// The worst of all.
    var level: DoctorFinding.Level {
        if findings.contains(where: { $0.level == .fail }) { return .fail }
        return findings.contains { $0.level == .warn } ? .warn : .ok
    }

    /// Warnings leave the program with 0: what they are about works.
    var exitCode: ExitCode { level == .fail ? .negative : .success }

    /// A line for each check, below it what to do, and a line about all.
    func text(in language: Wording.Language) -> String {
        let width = findings.map(\.subject.count).max() ?? 0
        let lines = findings.flatMap { finding in
            let head = "\(finding.level.rawValue.padded(to: 4))  \(finding.subject.padded(to: width))"
            let detail = "\(head)  \(finding.detail.text(in: language).printable)"
            guard let advice = finding.advice else { return [detail] }
            return [detail, String(repeating: " ", count: width + 8) + "→ " + advice.text(in: language).printable]
        }
        return (lines + [summary.text(in: language)]).joined(separator: "\n") + "\n"
    }

    /// One line.
    func json(in language: Wording.Language) -> String {
        let bytes = JSONWriter.object { object in
            object.field("status", level.rawValue)
            object.array("checks") { list in
                for finding in findings {
                    list.object { check in
                        check.field("check", finding.subject)
                        check.field("status", finding.level.rawValue)
                        check.field("detail", finding.detail.text(in: language))
                        check.field("advice", finding.advice?.text(in: language))
                    }
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private var summary: Wording {
        let count = { (level: DoctorFinding.Level) in findings.count { $0.level == level } }
        return Wording(
            "в порядке: \(count(.ok)), предупреждений: \(count(.warn)), неисправностей: \(count(.fail))",
            "\(count(.ok)) in order, \(count(.warn)) warnings, \(count(.fail)) faults")
    }
}
