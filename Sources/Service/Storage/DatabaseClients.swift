import Domain
public import EventLoop
public import Postgres

/// The database clients of all loops. A call goes to the client of the loop that the calling task runs on, so it
/// never changes thread.
public struct DatabaseClients: Sendable {
    /// By the loops' indices.
    private let loops: [LoopBound<LoopDatabase>]
    /// What this process's relay is handed; nil where everything goes through the table.
    let fresh: FreshEntries?

    /// Makes a client of `connectionsPerLoop` connections on every loop of `group`. `run` opens them. With
    /// `handsOver` this process's relay gets what was just stored without reading it back; so there must be one.
    public static func make(
        on group: EventLoopGroup, _ configuration: PostgresConfiguration, connectionsPerLoop: Int,
        resolver: BlockingThread, metrics: DatabaseMetrics = .disabled, handsOver: Bool = false
    ) async -> DatabaseClients {
        var configuration = configuration
        configuration.sessionSettings.merge(planning) { given, _ in given }
        let planned = configuration
        let fresh = handsOver ? FreshEntries() : nil
        var loops: [LoopBound<LoopDatabase>] = []
        for loop in group.loops {
            let database = await loop.perform {
                let client = PostgresClient(on: loop, planned, size: connectionsPerLoop, resolver: resolver)
                return LoopBound(LoopDatabase(client, metrics, fresh), to: loop)
            }
            loops.append(database)
        }
        return DatabaseClients(loops: loops, fresh: fresh)
    }

    /// The store finds rows by key, a few at a time, and plans once for ever. A plan that was made while a table was
    /// nearly empty would read and hash all of it, and go on doing so when it has a million rows. Going through the
    /// keys in their order also means locking in that order, so that statements for many rows never deadlock.
    ///
    /// A plan that cannot do without what is off is reckoned to be so dear that PostgreSQL would translate it to
    /// machine code first, which takes longer than any statement here.
    private static let planning = [
        "enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off", "jit": "off",
    ]

    /// Keeps all connections open until the task is cancelled.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for database in loops {
                group.addTask(executorPreference: database.loop) { await database.value.client.client.run() }
            }
        }
    }

    /// Looks at the connections of all loops, for the metrics.
    public func sample() {
        for database in loops {
            database.loop.execute { database.value.client.sample() }
        }
    }

    /// What the calling task's loop has. Traps when the caller is on no loop of the group.
    var current: LoopDatabase {
        guard let loop = EventLoop.current, loop.index < loops.count else {
            preconditionFailure("the store is used from loop tasks only")
        }
        return loops[loop.index].value
    }

    func execute(_ query: PostgresQuery) async throws(StoreError) -> PostgresRows {
        try await execute([query])[0]
    }

    func execute(_ queries: [PostgresQuery]) async throws(StoreError) -> [PostgresRows] {
        try await current.client.run(queries)
    }
}

extension StoreError {
    /// Translates by what the caller can do.
    init(_ error: PostgresError) {
        switch error {
        case .unavailable, .overloaded: self = .unavailable(error.description)
        case .inDoubt: self = .inDoubt(error.description)
        case .invalidParameter: self = .rejected(error.description)
        case .refused(let state, _, _):
            let passes = Self.passingClasses.contains(String(state.prefix(2)))
            self = passes ? .unavailable(error.description) : .rejected(error.description)
        }
    }

    /// Refusals that say nothing about the work itself, and after which nothing was done (PostgreSQL manual,
    /// appendix A): connection, a standby that only reads (25006), a statement that has to be prepared again, deadlock,
    /// out of resources, a lock held, operator or statement timeout, the server's disk.
    private static let passingClasses: Set<String> = ["08", "25", "26", "40", "53", "55", "57", "58"]
}
