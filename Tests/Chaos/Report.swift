import JSON

/// What came of a campaign, to be read by a person.
struct Report: Sendable {
    let settings: CampaignSettings
    let faults: [Fault: Int]
    let duration: Duration
    let refusedResults: Int
    let history: History
    let violations: [Violation]

    /// The whole text.
    var text: String {
        ([headline, ""] + faultTable + [""] + figures + [""] + verdict).joined(separator: "\n")
    }

    private var faultCount: Int { faults.values.reduce(0, +) }

    private var headline: String {
        "chaos: \(faultCount) faults in \(seconds(duration)) s, seed \(settings.seed)"
    }

    private var faultTable: [String] {
        Fault.allCases.filter { faults[$0] != nil }.map { fault in
            "  " + column(String(faults[fault, default: 0]), 5) + "  \(fault.name)"
        }
    }

    private var figures: [String] {
        let submissions = history.submissions
        let promised = submissions.count { !$0.promised.isEmpty }
        let unknown = submissions.count { $0.promised.isEmpty && $0.unknown > 0 }
        let known = Set(history.submissions.flatMap(\.promised))
        return [
            figure(submissions.count, "submissions, \(promised) promised, \(unknown) left open by an error"),
            figure(
                history.jobs.count, "jobs stored, \(history.jobs.count { !known.contains($0.id) }) of them unpromised"),
            figure(history.jobs.count { $0.status == "completed" }, "completed"),
            figure(history.jobs.count { $0.status == "failed" }, "failed with a reason"),
            figure(history.jobs.count { $0.token > 1 }, "taken more than once after a fault"),
            figure(refusedResults, "late results refused"),
            figure(history.sightings.count { $0.ending != nil }, "looks at ended jobs compared"),
            figure(history.responses.count, "responses read, \(Set(history.responses.map(\.job)).count) different"),
            figure(Set(history.deadLetters).count, "dead letters of \(history.poison.count) unreadable messages"),
            recoveryFigure,
        ]
    }

    private var recoveryFigure: String {
        let times = history.recoveries.compactMap(\.time).sorted()
        guard let longest = times.last else { return "  no worker was killed with jobs and nothing else broken" }
        let median = times[times.count / 2]
        return "  a killed worker's jobs ran again after \(seconds(median)) s (median), "
            + "\(seconds(longest)) s at the longest, of \(times.count); the bar is \(seconds(Checker.recoveryBar)) s"
    }

    private var verdict: [String] {
        let counts = Violation.Kind.allCases.map { kind in "\(violations.count { $0.kind == kind }) \(kind.rawValue)" }
        return violations.prefix(100).map { "  \($0)" } + [counts.joined(separator: ", ")]
    }

    private func figure(_ count: Int, _ text: String) -> String { "  " + column(String(count), 7) + " \(text)" }

    private func column(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func seconds(_ duration: Duration) -> String {
        let tenths = Int(duration / .milliseconds(100))
        return "\(tenths / 10).\(tenths % 10)"
    }
}
