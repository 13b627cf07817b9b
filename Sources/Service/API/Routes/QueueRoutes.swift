import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// How operators look after Kafka: how far the workers have come, and what they could not use.
struct QueueRoutes: OperatorAnswers, Sendable {
    let desk: any QueueDesk
    private static let listed = 1...100

    func add(to router: inout Router) {
        router.get("/api/admin/queue") { request in await answer(request, standing) }
        router.get("/api/admin/dead-letters") { request in await answer(request, list) }
        router.get("/api/admin/dead-letters/{partition}/{offset}") { request in await answer(request, show) }
        router.post("/api/admin/dead-letters/redrive") { request in await answer(request, redrive) }
    }

    @Sendable private func standing(_ request: Request) async throws(Problem) -> Response {
        let standing = try await asking { () throws(QueueError) in try await desk.standing() }
        return json { object in
            object.field("timestamp", WallTime.now.rfc3339)
            object.field("topic", standing.topic)
            object.field("group", standing.group)
            object.field("lag", standing.partitions.reduce(0) { $0 + $1.lag })
            object.array("partitions") { list in
                for partition in standing.partitions {
                    list.object { object in
                        object.field("partition", partition.number)
                        object.field("end", partition.end)
                        object.field("committed", partition.committed)
                        object.field("lag", partition.lag)
                    }
                }
            }
            object.object("process") { write(standing.activity, to: &$0) }
        }
    }

    private func write(_ activity: QueueStanding.Activity, to object: inout JSONObjectWriter) {
        object.field("commits", activity.commits)
        object.field("failed_commits", activity.failedCommits)
        object.field("partitions_assigned", activity.assigned)
        object.field("partitions_revoked", activity.revoked)
        object.field("partitions_lost", activity.lost)
    }

    // MARK: Dead letters

    @Sendable private func list(_ request: Request) async throws(Problem) -> Response {
        var query = QueryReader(request.head)
        let marks = query.value("before", "must be what `next` of an earlier page says, such as 0/17") {
            DeadLetterMarks($0)
        }
        let limit = query.number("limit", in: Self.listed, else: 50)
        try query.check()
        let page = try await asking { () throws(QueueError) in
            try await desk.deadLetters(limit: limit, before: marks)
        }
        return json { object in
            object.array("letters") { list in
                for letter in page.letters {
                    list.object { DeadLetterJSON.write(letter, withMessage: false, to: &$0) }
                }
            }
            object.field("next", page.next?.description)
        }
    }

    /// A malformed place names no letter.
    @Sendable private func show(_ request: Request) async throws(Problem) -> Response {
        let names = ["partition", "offset"].compactMap { request.parameters[$0] }
        guard let place = DeadLetterPlace(names.joined(separator: "/")),
            let letter = try await asking({ () throws(QueueError) in try await desk.deadLetter(at: place) })
        else { throw Problem(.notFound, .deadLetterNotFound) }
        return json { DeadLetterJSON.write(letter, withMessage: true, to: &$0) }
    }

    @Sendable private func redrive(_ request: Request) async throws(Problem) -> Response {
        let order = try draft(RedriveOrder.read(try await request.jsonObject().object))
        let outcomes = try await asking { () throws(QueueError) in try await desk.redrive(order.places) }
        let language = request.language
        return json { object in
            object.array("letters") { list in
                for place in order.places {
                    list.object { object in
                        object.field("letter", place.description)
                        write(outcomes[place] ?? .unknown, language, to: &object)
                    }
                }
            }
        }
    }

    private func write(_ outcome: Redriving, _ language: Language, to object: inout JSONObjectWriter) {
        let fault: Phrase
        switch outcome {
        case .sent(let place):
            object.object("sent_to") { object in
                object.field("topic", place.topic)
                object.field("partition", place.partition)
                object.field("offset", place.offset)
            }
            return
        case .unknown: fault = .deadLetterNotFound
        case .noLetter: fault = .noDeadLetter
        case .otherTopic(let topic, let wanted): fault = .deadLetter(of: topic, insteadOf: wanted)
        case .noMessage: fault = .deadLetterWithoutMessage
        case .failed: fault = .queueUnavailable
        }
        object.field("error", fault.text(in: language))
    }

    private func asking<Value>(_ body: () async throws(QueueError) -> Value) async throws(Problem) -> Value {
        do throws(QueueError) {
            return try await body()
        } catch {
            throw Problem(error)
        }
    }
}
