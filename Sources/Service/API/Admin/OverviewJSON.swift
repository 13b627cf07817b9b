import Domain
import JSON
import Telemetry

/// How the operators' page gets what it shows.
enum OverviewJSON {
    /// How much was looked at, so that a reader knows what the numbers stand for.
    struct Frame {
        let steps: Int
        let stepSeconds: Int
        /// Jobs counted at most.
        let examined: Int
    }

    static func body(_ overview: ServiceOverview, _ frame: Frame, at now: WallTime) -> [UInt8] {
        JSONWriter.object(capacity: 8_192) { object in
            object.field("timestamp", now.rfc3339)
            object.object("queue") { write(overview, frame, now, queue: &$0) }
            object.object("running") { running in
                running.field("jobs", overview.workers.reduce(0) { $0 + $1.jobs })
                running.field("slots", overview.workers.reduce(0) { $0 + $1.slots })
                running.array("workers") { list in
                    for worker in overview.workers {
                        list.object { object in
                            object.field("owner", worker.owner)
                            object.field("slots", worker.slots)
                            object.field("jobs", worker.jobs)
                        }
                    }
                }
            }
            object.array("models") { list in
                for capacity in overview.capacities {
                    list.object { object in
                        object.field("resource", capacity.resource)
                        object.field("slots", capacity.slots)
                        object.field("demand", capacity.demand)
                    }
                }
            }
            object.object("ended") { write(overview, frame, ended: &$0) }
        }
    }

    private static func write(
        _ overview: ServiceOverview, _ frame: Frame, _ now: WallTime, queue object: inout JSONObjectWriter
    ) {
        let jobs = overview.waiting.reduce(0) { $0 + $1.jobs }
        object.field("jobs", jobs)
        object.field("is_complete", jobs < frame.examined)
        if let oldest = overview.oldest {
            object.object("oldest") { job in
                job.field("request_id", oldest.id.description)
                job.field("created_at", oldest.createdAt.rfc3339)
                job.field("age_seconds", max(0, now.seconds - oldest.createdAt.seconds))
            }
        } else {
            object.null("oldest")
        }
        write(totals(overview.waiting) { $0.category ?? "" }, as: "by_category", "category", to: &object)
        write(totals(overview.waiting, \.client), as: "by_client", "client", to: &object)
    }

    /// The largest twenty.
    private static func totals(
        _ waiting: [ServiceOverview.Waiting], _ name: (ServiceOverview.Waiting) -> String
    ) -> [(name: String, jobs: Int)] {
        let totals = Dictionary(waiting.map { (name($0), $0.jobs) }, uniquingKeysWith: +)
        return totals.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(20).map { ($0.0, $0.1) }
    }

    private static func write(
        _ totals: [(name: String, jobs: Int)], as field: String, _ name: String, to object: inout JSONObjectWriter
    ) {
        object.array(field) { list in
            for total in totals {
                list.object { object in
                    object.field(name, total.name.isEmpty ? nil : total.name)
                    object.field("jobs", total.jobs)
                }
            }
        }
    }

    private static func write(
        _ overview: ServiceOverview, _ frame: Frame, ended object: inout JSONObjectWriter
    ) {
        let jobs = overview.steps.reduce(0) { $0 + $1.completed + $1.failed + $1.cancelled }
        object.field("seconds", frame.steps * frame.stepSeconds)
        object.field("step_seconds", frame.stepSeconds)
        object.field("jobs", jobs)
        object.field("is_complete", jobs < frame.examined)
        object.array("steps") { list in
            for step in overview.steps {
                list.object { object in
                    object.field("age", step.age)
                    object.field("completed", step.completed)
                    object.field("failed", step.failed)
                    object.field("cancelled", step.cancelled)
                    object.field("median_seconds", step.medianSeconds)
                    object.field("p95_seconds", step.p95Seconds)
                    object.field("wait_seconds", step.waitSeconds)
                }
            }
        }
        object.array("errors") { list in
            for failure in overview.failures {
                list.object { object in
                    object.field("class", failure.failureClass.rawValue)
                    object.field("jobs", failure.jobs)
                }
            }
        }
    }
}
