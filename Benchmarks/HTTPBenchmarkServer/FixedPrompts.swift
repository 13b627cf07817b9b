import API
import Domain
import Telemetry

/// A catalogue of one preset that never changes.
struct FixedPrompts: PresetCatalogue, CategoryClassifier, FeedbackStore {
    /// The services around it, filled.
    static func services(_ logger: Logger) async throws -> PromptServices {
        let cache = CatalogueCache(FixedPrompts(), logger: logger)
        try await cache.refresh()
        return PromptServices(
            cache: cache, classifier: FixedPrompts(), feedback: FixedPrompts())
    }

    func revision() async throws(StoreError) -> Int64 { 1 }

    func contents() async throws(StoreError) -> CatalogueContents {
        let category = CategoryDraft(
            name: "analysis", displayName: "Анализ", description: "", isActive: true, sortOrder: 1)
        let presets = (1...14).map { id in
            CataloguePreset(
                id: id, categoryID: 1,
                draft: PresetDraft(
                    category: "analysis", name: "Сводка \(id)", description: "",
                    template: "Составь сводку по числовым столбцам таблицы: количество, сумма, среднее, медиана \(id)",
                    isActive: true),
                uses: 0, version: 1, followsFiles: true)
        }
        return CatalogueContents(
            revision: 1, categories: [CatalogueCategory(id: 1, draft: category, version: 1, followsFiles: true)],
            presets: presets)
    }

    func create(_ draft: CatalogueDraft, by author: String) async throws(StoreError) -> CatalogueOutcome { .unknown }

    func update(
        _ id: Int, to draft: CatalogueDraft, by author: String
    ) async throws(StoreError) -> CatalogueOutcome { .unknown }

    func setActive(
        _ key: CatalogueKey, _ isActive: Bool, by author: String
    ) async throws(StoreError) -> CatalogueOutcome { .unknown }

    func delete(_ key: CatalogueKey, by author: String) async throws(StoreError) -> CatalogueOutcome { .unknown }

    func rollBack(
        _ key: CatalogueKey, to version: Int, by author: String
    ) async throws(StoreError) -> CatalogueOutcome { .unknown }

    func versions(of key: CatalogueKey) async throws(StoreError) -> [CatalogueVersion] { [] }

    func addUses(_ uses: [Int: Int]) async throws(StoreError) {}

    func classify(_ text: String) async -> CategoryGuess {
        CategoryGuess(category: "analysis", confidence: 1, source: .lexical)
    }

    func add(
        _ draft: FeedbackDraft, to job: JobID, for viewer: JobViewer
    ) async throws(StoreError) -> Feedback? { nil }
}
