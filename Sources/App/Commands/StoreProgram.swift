import Domain
import EventLoop
import Postgres
import Storage

/// Runs a command that works on what is in the database.
struct StoreProgram {
    let environmentFile: String?
    /// A database that does not answer at once is asked again, which takes about a second each time.
    private static let attempts = 5

    init(environmentFile: String?) {
        self.environmentFile = environmentFile
    }

    /// Runs `body` with the store. What the database says goes to standard error.
    func run(_ body: @escaping @Sendable (any JobStore & JobDesk) async throws(StoreError) -> ExitCode) -> ExitCode {
        runOnDatabase { clients throws(StoreError) in try await body(PostgresJobStore(clients)) }
    }

    /// Runs `body` with the catalogue.
    func runOnCatalogue(
        _ body: @escaping @Sendable (PostgresCatalogue) async throws(StoreError) -> ExitCode
    ) -> ExitCode {
        runOnDatabase { clients throws(StoreError) in try await body(PostgresCatalogue(clients)) }
    }

    /// Runs `body` with the API keys.
    func runOnKeys(
        _ body: @escaping @Sendable (PostgresAPIKeys) async throws(StoreError) -> ExitCode
    ) -> ExitCode {
        runOnDatabase { clients throws(StoreError) in try await body(PostgresAPIKeys(clients)) }
    }

    private func runOnDatabase(
        _ body: @escaping @Sendable (DatabaseClients) async throws(StoreError) -> ExitCode
    ) -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        return LoopProgram(loopCount: 1).run { context in
            let clients = await DatabaseClients.make(
                on: context.group, PostgresConfiguration(configuration.database), connectionsPerLoop: 1,
                resolver: context.blocking)
            let connections = context.mainLoop.spawn { await clients.run() }
            let code = await attempt(clients, body)
            connections.cancel()
            _ = await connections.result
            return code
        }
    }

    private func attempt(
        _ clients: DatabaseClients, _ body: (DatabaseClients) async throws(StoreError) -> ExitCode
    ) async -> ExitCode {
        do throws(StoreError) {
            try await connect(PostgresJobStore(clients))
            return try await body(clients)
        } catch {
            Terminal.complain("gigaoffice: \(error)")
            if case .rejected = error { return .software }
            return .unavailable
        }
    }

    private func connect(_ store: any JobStore) async throws(StoreError) {
        for attempt in 1... {
            do throws(StoreError) {
                return try await store.ping()
            } catch {
                if attempt == Self.attempts { throw error }
            }
        }
    }
}
