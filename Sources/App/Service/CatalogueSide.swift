import API
import Domain
import EventLoop
import Prompts
import Storage
import Telemetry

/// Brings the files' prompts into the database, and keeps the process's copies of the catalogue: written out for
/// clients, and learnt for tasks.
struct CatalogueSide {
    let cache: CatalogueCache
    let prompts: LivePrompts
    private let database: DatabaseClients

    /// Seeds, and reads the catalogue for the first time. A database that goes away meanwhile is asked again until the
    /// deadline, or until somebody wants the process to stop; later by whoever looks after the cache.
    static func open(
        _ database: DatabaseClients, _ library: PromptLibrary, blocking: BlockingThread, until deadline: MonotonicTime,
        stop: StopRequest, logger: Logger, metrics: APIMetrics
    ) async throws -> CatalogueSide {
        let catalogue = PostgresCatalogue(database)
        let goesOn = { deadline > .now && !stop.isRequested }
        do throws(StoreError) {
            let filling = try await patiently(while: goesOn) { () throws(StoreError) in
                try await catalogue.seed(library)
            }
            if filling.added + filling.changed > 0 {
                logger.notice(
                    "prompts taken from the files",
                    ["added": .integer(filling.added), "changed": .integer(filling.changed)])
            }
            let contents = try await patiently(while: goesOn) { () throws(StoreError) in
                try await catalogue.contents()
            }
            let prompts = await LivePrompts(library, contents, blocking: blocking)
            let cache = CatalogueCache(
                catalogue, logger: logger, onChange: { await prompts.follow($0) }, metrics: metrics)
            try await patiently(while: goesOn) { () throws(StoreError) in try await cache.refresh() }
            return CatalogueSide(cache: cache, prompts: prompts, database: database)
        } catch {
            if case .rejected = error { throw StartError("prompts: \(error)", .software) }
            throw StartError("prompts: \(error)", .unavailable)
        }
    }

    /// What the API needs.
    func services(classifier: any CategoryClassifier) -> PromptServices {
        PromptServices(cache: cache, classifier: classifier, feedback: PostgresFeedback(database))
    }

    /// Seeding twice is seeding once, and reading changes nothing, so what may or may not have been done is done again.
    private static func patiently<Value>(
        while goesOn: () -> Bool, _ body: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        while true {
            do throws(StoreError) {
                return try await body()
            } catch .rejected(let reason) {
                throw .rejected(reason)
            } catch {
                // Each try waits up to a second for a connection by itself.
                guard goesOn() else { throw error }
            }
        }
    }
}
