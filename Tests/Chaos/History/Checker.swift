import JSON

/// Compares what clients were told with what is stored. A value in, a list out: no I/O, no clock.
struct Checker {
    /// A killed worker's job runs again within this time.
    static let recoveryBar = Duration.seconds(10)

    let history: History
    private let jobs: [String: StoredJob]
    private let jobsOfNumber: [Int: [StoredJob]]

    init(_ history: History) {
        self.history = history
        jobs = Dictionary(history.jobs.map { ($0.id, $0) }) { first, _ in first }
        jobsOfNumber = Dictionary(
            grouping: history.jobs.filter { Payload.number(of: $0.query) != nil }
        ) { Payload.number(of: $0.query) ?? 0 }
    }

    /// Every broken promise; empty when all were kept.
    func violations() -> [Violation] {
        let bySubmission = history.submissions.flatMap(violations(of:))
        let strangers = strangers()
        let byJob = history.jobs.flatMap(violations(of:))
        let surroundings =
            history.crashes.map { Violation(kind: .crashed, subject: "process", detail: $0) }
            + history.outbox.map { Violation(kind: .stuck, subject: "outbox", detail: $0) }
        return bySubmission + strangers + byJob + denials() + changes() + doubledEnds() + wrongResponses()
            + missingResponses() + wrongDeadLetters() + slowRecoveries() + surroundings
    }

    // MARK: What was sent

    private func violations(of submission: Submission) -> [Violation] {
        let subject = "submission \(submission.payload.number)"
        let stored = jobsOfNumber[submission.payload.number] ?? []
        var found = Set(submission.promised).filter { jobs[$0] == nil }.map {
            Violation(kind: .lost, subject: subject, detail: "\($0) was promised and is not stored")
        }
        if Set(submission.promised).count > 1 || stored.count > 1 {
            let ids = Set(submission.promised + stored.map(\.id)).sorted().joined(separator: ", ")
            found.append(Violation(kind: .doubled, subject: subject, detail: "has the jobs \(ids)"))
        }
        found += submission.wrongAnswers.map { Violation(kind: .wrongAnswer, subject: subject, detail: $0) }
        found += submission.promised.compactMap { jobs[$0] }.filter { $0.query != submission.payload.query }.map {
            Violation(kind: .garbled, subject: subject, detail: "\($0.id) was promised and holds another query")
        }
        return found + stored.flatMap { differences(submission.payload, $0) }
    }

    private func differences(_ payload: Payload, _ job: StoredJob) -> [Violation] {
        var wrong: [String] = []
        if job.query != payload.query { wrong.append("query") }
        if job.inputRange != payload.inputRange { wrong.append("input_range") }
        if job.data?.description != payload.data?.description { wrong.append("input_data") }
        if job.priority != payload.priority { wrong.append("priority") }
        let echo = StoredJob.Echo(query: payload.query, data: payload.data?.description)
        if job.status == "completed", job.echo != echo { wrong.append("result") }
        return wrong.map {
            Violation(kind: .garbled, subject: job.id, detail: "\($0) is not what submission \(payload.number) sent")
        }
    }

    private func strangers() -> [Violation] {
        let known = Set(history.submissions.map(\.payload.number))
        return history.jobs.filter { job in Payload.number(of: job.query).map { !known.contains($0) } ?? true }.map {
            Violation(kind: .garbled, subject: $0.id, detail: "nobody has sent this job")
        }
    }

    // MARK: What is stored

    private func violations(of job: StoredJob) -> [Violation] {
        var found: [Violation] = []
        func add(_ kind: Violation.Kind, _ detail: String) {
            found.append(Violation(kind: kind, subject: job.id, detail: detail))
        }
        if job.ending == nil { add(.stuck, "is \(job.status), token \(job.token), \(job.losses) losses") }
        if job.status == "failed", job.errorMessage?.isEmpty ?? true || job.errorClass?.isEmpty ?? true {
            add(.stuck, "has failed without a reason")
        }
        let counts = "attempts \(job.attempts), losses \(job.losses), token \(job.token)"
        if job.attempts > job.token || job.losses > job.token { add(.miscounted, counts) }
        // No attempt of the dry run fails, so every one but the last was cut short by a fault.
        if job.status == "completed", job.attempts != 1 {
            add(.miscounted, "a crash has used up an attempt: \(counts)")
        }
        return found
    }

    private func denials() -> [Violation] {
        Set(history.denied).sorted().map {
            Violation(kind: .lost, subject: $0, detail: "was promised, and a client was told that there is no such job")
        }
    }

    // MARK: What was seen

    private func changes() -> [Violation] {
        var seen: [String: JobEnding] = [:]
        var found: Set<Violation> = []
        for sighting in history.sightings {
            guard let earlier = seen[sighting.job] else {
                seen[sighting.job] = sighting.ending
                continue
            }
            if let later = sighting.ending, later != earlier {
                found.insert(change(sighting.job, "was \(earlier.status), then \(later.status), with another content"))
            } else if sighting.ending == nil {
                found.insert(change(sighting.job, "was \(earlier.status), then unfinished"))
            }
        }
        for (job, ending) in seen {
            guard let stored = jobs[job] else {
                found.insert(Violation(kind: .lost, subject: job, detail: "was seen \(ending.status), is not stored"))
                continue
            }
            if stored.ending != ending { found.insert(change(job, "what is stored is not what a client saw")) }
        }
        return found.sorted { $0.description < $1.description }
    }

    private func change(_ job: String, _ detail: String) -> Violation {
        Violation(kind: .changed, subject: job, detail: detail)
    }

    private func doubledEnds() -> [Violation] {
        Dictionary(grouping: history.storedEnds) { $0 }.filter { $0.value.count > 1 }.map { job, ends in
            Violation(kind: .doubled, subject: job, detail: "its end was stored \(ends.count) times")
        }
    }

    // MARK: What was sent out

    /// The same response may come several times, but never two different ones.
    private func wrongResponses() -> [Violation] {
        let found = history.responses.compactMap { response -> Violation? in
            guard let job = jobs[response.job] else {
                return Violation(kind: .misreported, subject: response.job, detail: "a response to no stored job")
            }
            guard let ending = response.ending, ending != job.ending else { return nil }
            return change(job.id, "a response (\(ending.status)) is not what is stored (\(job.status))")
        }
        return Set(found).sorted { $0.description < $1.description }
    }

    /// A response that a broker has lost with its log was sent all the same.
    private func missingResponses() -> [Violation] {
        let answered = Set(history.responses.map(\.job))
        return history.jobs.filter { job in
            guard let time = job.completedAt, job.ending != nil else { return false }
            return isRemembered(time) && !answered.contains(job.id)
        }.map { Violation(kind: .misreported, subject: $0.id, detail: "no response was seen") }
    }

    private func wrongDeadLetters() -> [Violation] {
        let seen = Set(history.deadLetters)
        let missing = history.poisonTaken.filter { isRemembered($0.value) && !seen.contains($0.key) }.keys.sorted()
        let wrong = seen.subtracting(history.poison).sorted()
        return missing.map { Violation(kind: .misreported, subject: $0, detail: "is not among the dead letters") }
            + wrong.map { Violation(kind: .misreported, subject: $0, detail: "is a dead letter without reason") }
    }

    /// Whether the broker still has what it was told then.
    private func isRemembered(_ time: Double) -> Bool {
        history.brokerForgotAt.map { time > $0 } ?? true
    }

    private func slowRecoveries() -> [Violation] {
        history.recoveries.compactMap { recovery in
            if let time = recovery.time, time <= Self.recoveryBar { return nil }
            let time = recovery.time.map { "\($0)" } ?? "longer than it was watched"
            return Violation(kind: .slow, subject: recovery.job, detail: "took \(time) to run again")
        }
    }
}
