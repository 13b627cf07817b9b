import Domain
import EventLoop

/// An operators' desk that shows what a test has laid on it, and keeps what it was asked.
final class FakeJobDesk: JobDesk {
    struct State: Sendable {
        var records: [JobRecord] = []
        var overview = ServiceOverview()
        var requeueing = Requeueing.queued
        var filters: [JobFilter] = []
        var isAway = false
    }

    let state = Lock(State())

    func list(_ filter: JobFilter) async throws(StoreError) -> [JobRecord] {
        try call { state in
            state.filters.append(filter)
            return state.records
        }
    }

    func record(of id: JobID) async throws(StoreError) -> JobRecord? {
        try call { $0.records.first { $0.status.id == id } }
    }

    func calls(of id: JobID, limit: Int) async throws(StoreError) -> [ModelCall] { [] }

    func requeue(_ id: JobID) async throws(StoreError) -> Requeueing {
        try call { $0.requeueing }
    }

    func overview(steps: Int, of step: Duration, examined: Int) async throws(StoreError) -> ServiceOverview {
        try call { $0.overview }
    }

    private func call<Value>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        let value: Value? = state.withLock { $0.isAway ? nil : body(&$0) }
        guard let value else { throw .unavailable("away") }
        return value
    }
}
