import Domain
import EventLoop
import JSON
import Telemetry

/// A catalogue in memory that counts how often it is asked and can be away; classifies and keeps feedback as told.
final class FakePrompts: PresetCatalogue, CategoryClassifier, FeedbackStore {
    struct State: Sendable {
        var revision: Int64 = 1
        var categories: [CatalogueCategory] = []
        var presets: [CataloguePreset] = []
        var calls = 0
        var isAway = false
        var outcome: CatalogueOutcome?
        var asked: [String] = []
        var uses: [Int: Int] = [:]
        /// How often uses were stored.
        var writes = 0
        var guess = CategoryGuess(category: "analysis", confidence: 0.75, source: .lexical)
        var jobs: [JobID] = []
        /// Who has given feedback.
        var viewers: [JobViewer] = []
    }

    let state = Lock(State())

    init() {
        state.withLock { state in
            state.categories = [
                Self.category(1, "analysis", "Анализ"), Self.category(2, "search", "Поиск"),
                Self.category(5, "uncertain", "?", isActive: false),
            ]
            state.presets = [
                Self.preset(1, "Сводка", "Составь сводку\n"), Self.preset(2, "Скрытый", "x", isActive: false),
                Self.preset(3, "Отбор", "Найди строки", category: (2, "search")),
            ]
        }
    }

    static func category(_ id: Int, _ name: String, _ title: String, isActive: Bool = true) -> CatalogueCategory {
        CatalogueCategory(
            id: id,
            draft: CategoryDraft(
                name: name, displayName: title, description: "о ней", isActive: isActive, sortOrder: id),
            version: 1, followsFiles: true)
    }

    static func preset(
        _ id: Int, _ name: String, _ template: String, isActive: Bool = true,
        category: (id: Int, name: String) = (1, "analysis")
    ) -> CataloguePreset {
        CataloguePreset(
            id: id, categoryID: category.id,
            draft: PresetDraft(
                category: category.name, name: name, description: "о нём", template: template, isActive: isActive),
            uses: 7, version: 1, followsFiles: true)
    }

    private func call<Value>(_ what: String? = nil, _ body: (inout State) -> Value) throws(StoreError) -> Value {
        let value: Value? = state.withLock { state in
            state.calls += 1
            if state.isAway { return nil }
            if let what { state.asked.append(what) }
            return body(&state)
        }
        guard let value else { throw .unavailable("away") }
        return value
    }

    func revision() async throws(StoreError) -> Int64 { try call { $0.revision } }

    func contents() async throws(StoreError) -> CatalogueContents {
        try call { CatalogueContents(revision: $0.revision, categories: $0.categories, presets: $0.presets) }
    }

    func create(_ draft: CatalogueDraft, by author: String) async throws(StoreError) -> CatalogueOutcome {
        try call("create \(author)") { state in
            if let outcome = state.outcome { return outcome }
            guard case .preset(let draft) = draft else { return .unknown }
            let preset = CataloguePreset(
                id: 1001, categoryID: 1, draft: draft, uses: 0, version: 1, followsFiles: false)
            state.presets.append(preset)
            state.revision += 1
            return .done(.preset(preset))
        }
    }

    func update(
        _ id: Int, to draft: CatalogueDraft, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        try call("update \(id)") { $0.outcome ?? .unknown }
    }

    func setActive(
        _ key: CatalogueKey, _ isActive: Bool, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        try call("active \(key.id) \(isActive)") { $0.outcome ?? .unknown }
    }

    func delete(_ key: CatalogueKey, by author: String) async throws(StoreError) -> CatalogueOutcome {
        try call("delete \(key.kind.rawValue) \(key.id)") { $0.outcome ?? .unknown }
    }

    func rollBack(
        _ key: CatalogueKey, to version: Int, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        try call("rollback \(key.id) \(version)") { $0.outcome ?? .unknown }
    }

    func versions(of key: CatalogueKey) async throws(StoreError) -> [CatalogueVersion] {
        try call { _ in
            guard key.id == 1 else { return [] }
            return [
                CatalogueVersion(
                    number: 1, action: "seed", author: "files", time: WallTime(microseconds: 0),
                    content: ["name": "Сводка"])
            ]
        }
    }

    func addUses(_ uses: [Int: Int]) async throws(StoreError) {
        try call { state in
            state.uses.merge(uses, uniquingKeysWith: +)
            state.writes += 1
        }
    }

    func classify(_ text: String) async -> CategoryGuess { state.withLock { $0.guess } }

    func add(
        _ draft: FeedbackDraft, to job: JobID, for viewer: JobViewer
    ) async throws(StoreError) -> Feedback? {
        try call { state in
            state.viewers.append(viewer)
            return state.jobs.contains(job)
                ? Feedback(
                    id: 5, job: job, draft: draft, createdAt: WallTime(microseconds: 0), category: "analysis") : nil
        }
    }
}
