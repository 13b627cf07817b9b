import JSON
import Testing

@testable import Chaos

@Suite("The checker")
struct CheckerTests {
    @Test("finds nothing where everything was kept") func kept() {
        #expect(Checker(Sample.history()).violations() == [])
    }

    // MARK: Lost

    @Test("finds a promised job that is not stored") func lost() {
        let kinds = Sample.kinds { history in
            history.jobs = []
            history.sightings = []
            history.responses = []
        }
        #expect(kinds == [.lost])
    }

    @Test("finds a job that was seen and is gone") func vanished() {
        let kinds = Sample.kinds { history in
            history.submissions[0].promised = []
            history.submissions[0].unknown = 1
            history.jobs = []
            history.responses = []
        }
        #expect(kinds == [.lost])
    }

    @Test("finds a promised job that was denied to a client") func denied() {
        #expect(Sample.kinds { $0.denied = [Sample.job, Sample.job] } == [.lost])
    }

    @Test("lets a submission without a promise have no job, or one that ends") func unknown() {
        let absent = Sample.kinds { history in
            history.submissions[0].promised = []
            history.jobs = []
            history.sightings = []
            history.responses = []
        }
        #expect(absent.isEmpty)
        #expect(Sample.kinds { $0.submissions[0].promised = [] }.isEmpty)
    }

    // MARK: Doubled

    @Test("finds two jobs of one submission") func twoJobs() {
        let kinds = Sample.kinds { history in
            let other = StoredJob(row: Sample.row([("id", "01a1fc62-0000-7000-8000-000000000008")]))
            history.jobs.append(other)
            history.responses.append(.init(job: other.id, ending: other.ending))
        }
        #expect(kinds == [.doubled])
    }

    @Test("finds two different answers to one key") func twoPromises() {
        let kinds = Sample.kinds { $0.submissions[0].promised.append("01a1fc62-0000-7000-8000-000000000009") }
        #expect(kinds.contains(.doubled))
    }

    @Test("finds an end that was stored twice") func storedTwice() {
        #expect(Sample.kinds { $0.storedEnds.append(Sample.job) } == [.doubled])
    }

    // MARK: Changed

    @Test("finds a result that changes between two looks") func changed() {
        let kinds = Sample.kinds { $0.sightings.insert(.init(job: Sample.job, ending: Sample.otherEnding), at: 1) }
        #expect(kinds.contains(.changed))
    }

    @Test("finds a stored result that is not the one a client saw") func changedLater() {
        #expect(Sample.kinds { $0.sightings = [.init(job: Sample.job, ending: Sample.otherEnding)] } == [.changed])
    }

    @Test("finds a finished job that runs again") func ranAgain() {
        #expect(Sample.kinds { $0.sightings.append(.init(job: Sample.job, ending: nil)) } == [.changed])
    }

    @Test("finds a response that differs from what is stored, but lets equal ones repeat") func responses() {
        #expect(Sample.kinds { $0.responses.append($0.responses[0]) }.isEmpty)
        let kinds = Sample.kinds { $0.responses.append(.init(job: Sample.job, ending: Sample.otherEnding)) }
        #expect(kinds == [.changed])
    }

    // MARK: Stuck

    @Test("finds a job without an end", arguments: ["pending", "queued", "processing"])
    func stuck(_ status: String) {
        let kinds = Sample.kinds { history in
            history.jobs = [StoredJob(row: Sample.row([("status", .string(status))]))]
            history.sightings = []
            history.responses = []
        }
        #expect(kinds == [.stuck])
    }

    @Test("finds a failure without a reason, and takes one with a reason") func failure() {
        func kinds(_ reason: JSONValue) -> [Violation.Kind] {
            Sample.kinds { history in
                let job = StoredJob(
                    row: Sample.row([("status", "failed"), ("error_message", reason), ("error_class", "internal")]))
                history.jobs = [job]
                history.sightings = [.init(job: job.id, ending: job.ending)]
                history.responses = [.init(job: job.id, ending: job.ending)]
            }
        }
        #expect(kinds(.null) == [.stuck])
        #expect(kinds("Воркер пропал слишком часто").isEmpty)
    }

    @Test("finds what is left in the outbox") func outbox() {
        #expect(Sample.kinds { $0.outbox = ["{}"] } == [.stuck])
    }

    // MARK: Garbled, miscounted

    @Test(
        "finds a job that is not what was sent",
        arguments: [
            ("query_text", "chaos 7: something else"), ("input_range", "Z1"), ("input_data", "other"),
            ("result_data", Sample.table(query: "another one")),
        ] as [(String, JSONValue)])
    func garbled(_ column: String, _ value: JSONValue) {
        let kinds = Sample.kinds { history in
            history.jobs = [StoredJob(row: Sample.row([(column, value)]))]
            history.sightings = []
            history.responses = [.init(job: Sample.job, ending: nil)]
        }
        #expect(Set(kinds) == [.garbled])
    }

    @Test("finds a job that nobody has sent") func stranger() {
        let kinds = Sample.kinds { history in
            let job = StoredJob(row: Sample.row([("id", "x"), ("query_text", "chaos 8: unknown")]))
            history.jobs.append(job)
            history.responses.append(.init(job: "x", ending: nil))
        }
        #expect(kinds == [.garbled])
    }

    @Test(
        "finds an attempt that a crash has used up, and one more than there were takings", arguments: [(2, 2), (2, 1)])
    func attempts(_ attempts: Int, _ token: Int) {
        let kinds = Sample.kinds { history in
            history.jobs = [
                StoredJob(row: Sample.row([("attempts", .integer(attempts)), ("fencing_token", .integer(token))]))
            ]
        }
        #expect(Set(kinds) == [.miscounted])
    }

    // MARK: Messages

    @Test("finds a missing response, except where the broker has lost its log since") func missingResponse() {
        #expect(Sample.kinds { $0.responses = [] } == [.misreported])
        let forgotten = Sample.kinds { history in
            history.responses = []
            history.brokerForgotAt = 1001
        }
        #expect(forgotten.isEmpty)
    }

    @Test("finds unreadable messages that are missing among the dead letters, and others that are there")
    func deadLetters() {
        let missing = Sample.kinds { history in
            history.poison = ["a"]
            history.poisonTaken = ["a": 1000]
        }
        #expect(missing == [.misreported])
        #expect(Sample.kinds { $0.deadLetters = ["b"] } == [.misreported])
        #expect(Sample.kinds { $0.poison = ["a"] }.isEmpty)
    }

    // MARK: The rest

    @Test("finds wrong answers and processes that ended by themselves") func others() {
        #expect(Sample.kinds { $0.submissions[0].wrongAnswers = ["500"] } == [.wrongAnswer])
        #expect(Sample.kinds { $0.crashes = ["worker-1"] } == [.crashed])
    }

    @Test("finds jobs of a killed worker that run again too late or not at all") func slow() {
        func kinds(_ time: Duration?) -> [Violation.Kind] {
            Sample.kinds { $0.recoveries = [.init(job: Sample.job, time: time)] }
        }
        #expect(kinds(.seconds(9.9)).isEmpty)
        #expect(kinds(.seconds(10.1)) == [.slow])
        #expect(kinds(nil) == [.slow])
    }
}
