import Domain
import HTTP
import HTTPServer

/// What routes that ask the store have in common.
protocol StoreRoutes {}

extension StoreRoutes {
    /// Asks the store; nothing of its own words goes out when it fails.
    func asking<Value>(_ body: () async throws(StoreError) -> Value) async throws(Problem) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw Problem(error)
        }
    }

    /// The job that the path names. A malformed id names none.
    func jobID(_ request: Request) throws(Problem) -> JobID {
        guard let id = request.parameters["request_id"].flatMap({ JobID($0) }) else {
            throw Problem(.notFound, .requestNotFound)
        }
        return id
    }
}
