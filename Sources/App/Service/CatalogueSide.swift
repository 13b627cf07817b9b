import API
import Domain
import Prompts
import Storage
import Telemetry

/// Brings the files' prompts into the database and makes what the API needs of them.
struct CatalogueSide {
    let services: PromptServices

    /// Seeds, and reads the catalogue for the first time. A database that is away for a moment is asked again by
    /// whoever looks after the cache.
    static func open(
        _ database: DatabaseClients, _ library: PromptLibrary, classifier: any CategoryClassifier,
        _ access: Configuration.Access, logger: Logger, metrics: APIMetrics
    ) async throws -> CatalogueSide {
        let catalogue = PostgresCatalogue(database)
        let cache = CatalogueCache(catalogue, logger: logger, metrics: metrics)
        do throws(StoreError) {
            let filling = try await seed(catalogue, library)
            if filling.added + filling.changed > 0 {
                logger.notice(
                    "prompts taken from the files",
                    ["added": .integer(filling.added), "changed": .integer(filling.changed)])
            }
            try await cache.refresh()
        } catch {
            if case .rejected = error { throw StartError("prompts: \(error)", .software) }
            throw StartError("prompts: \(error)", .unavailable)
        }
        return CatalogueSide(
            services: PromptServices(
                cache: cache, classifier: classifier, feedback: PostgresFeedback(database),
                access: AdminAccess(key: access.adminKey?.reveal())))
    }

    /// Seeding twice is seeding once, so what may or may not have been done is done again.
    private static func seed(
        _ catalogue: PostgresCatalogue, _ library: PromptLibrary
    ) async throws(StoreError) -> PostgresCatalogue.Filling {
        for _ in 0..<4 {
            do throws(StoreError) {
                return try await catalogue.seed(library)
            } catch .rejected(let reason) {
                throw .rejected(reason)
            } catch {
                // Each try waits up to a second for a connection by itself.
                continue
            }
        }
        return try await catalogue.seed(library)
    }
}
