import EventLoop
import Foundation
import JSON
import TestSupport

/// Submits jobs over HTTP at a steady pace and asks how they do, as careful clients would.
struct LoadClient: Sendable {
    let ports: [UInt16]
    let settings: CampaignSettings
    let numbers: NumberSequence
    let journal: Journal
    /// Clients at a time; while so many are under way no new one begins.
    private static let most = 150
    private static let attempts = 60

    /// Begins new clients until `isOver` says so, and returns when the last one has seen the end of its job or the
    /// task was cancelled.
    func run(until isOver: @escaping @Sendable () -> Bool) async {
        let pace = Duration.seconds(1) / settings.rate
        let active = Lock(0)
        await withDiscardingTaskGroup { clients in
            while !isOver(), !Task.isCancelled {
                if active.withLock({ $0 }) < Self.most {
                    active.withLock { $0 += 1 }
                    let number = numbers.next()
                    clients.addTask {
                        await self.play(number)
                        active.withLock { $0 -= 1 }
                    }
                }
                guard await Self.pause(pace) else { return }
            }
        }
    }

    /// One client's life.
    private func play(_ number: Int) async {
        var random = SeededGenerator(seed: settings.seed &+ UInt64(number))
        let way: Submission.Way = Int.random(in: 0..<10, using: &random) < 4 ? .keyed : .plain
        let submission = Submission(Payload(number, seed: settings.seed), way)
        journal.begin(submission)
        guard let job = await submit(submission, &random) else { return }
        guard await follow(job, &random) else { return }
        guard Int.random(in: 0..<10, using: &random) < 3 else { return }
        guard await Self.pause(.milliseconds(Int.random(in: 500...8000, using: &random))) else { return }
        if way == .keyed { _ = await submit(submission, &random) }
        await look(job, .zero, &random)
    }

    // MARK: Submitting

    /// The id in the answer; nil when there is none. Only with a key is it safe to ask again.
    private func submit(_ submission: Submission, _ random: inout SeededGenerator) async -> String? {
        for _ in 1...(submission.way == .keyed ? Self.attempts : 1) {
            if let job = await post(submission, &random) { return job }
            guard submission.way == .keyed, await Self.pause(.milliseconds(500)) else { return nil }
        }
        return nil
    }

    private func post(_ submission: Submission, _ random: inout SeededGenerator) async -> String? {
        let number = submission.payload.number
        var fields: [String: String] = [:]
        if submission.way == .keyed { fields["Idempotency-Key"] = "chaos-\(settings.seed)-\(number)" }
        if Int.random(in: 0..<10, using: &random) == 0 { fields["Prefer"] = "wait=5" }
        do {
            let client = client(&random)
            let answer = try await client.post("/api/ai/process", json: submission.payload.request, fields)
            if let job = try promise(answer) {
                journal.promised(number, job)
                return job
            }
            if [429, 503].contains(answer.status) {
                journal.unknown(number, "\(answer.status)")
            } else {
                journal.wrongAnswer(number, "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
            }
        } catch {
            journal.unknown(number, "\(error)")
        }
        return nil
    }

    private func promise(_ answer: Answer) throws -> String? {
        switch answer.status {
        case 202: return try answer.json["request_id"]?.stringValue
        case 200:
            guard let job = answer["Content-Location"]?.split(separator: "/").last.map(String.init) else { return nil }
            journal.saw(job, JobEnding(result: try answer.json))
            return job
        default: return nil
        }
    }

    // MARK: Asking

    /// Asks until the job has ended; false when the campaign ended first.
    private func follow(_ job: String, _ random: inout SeededGenerator) async -> Bool {
        while !Task.isCancelled {
            let wait: Duration = Bool.random(using: &random) ? .seconds(5) : .zero
            if await look(job, wait, &random) { return true }
            guard await Self.pause(.milliseconds(Int.random(in: 300...1500, using: &random))) else { return false }
        }
        return false
    }

    /// Asks once; true when the job has ended.
    @discardableResult
    private func look(_ job: String, _ wait: Duration, _ random: inout SeededGenerator) async -> Bool {
        let fields = wait > .zero ? ["Prefer": "wait=\(Int(wait / .seconds(1)))"] : [:]
        do {
            let answer = try await client(&random).get("/api/ai/result/\(job)", fields)
            if answer.status == 404 {
                journal.add("denied", [("job", .string(job))]) { $0.denied.append(job) }
                return true
            }
            guard answer.status == 200 else { return false }
            let ending = JobEnding(result: try answer.json)
            journal.saw(job, ending)
            return ending != nil
        } catch {
            return false
        }
    }

    private func client(_ random: inout SeededGenerator) -> PlainClient {
        PlainClient(port: ports[Int.random(in: 0..<ports.count, using: &random)])
    }

    /// False when the task was cancelled meanwhile.
    private static func pause(_ duration: Duration) async -> Bool {
        do {
            try await Task.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}
