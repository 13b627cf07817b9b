public import Domain
import JSON
import Postgres

/// The catalogue in PostgreSQL. A change is one transaction; changes of all instances go one after the other.
public struct PostgresCatalogue: PresetCatalogue {
    let database: DatabaseClients

    /// A catalogue on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One row.
    public func revision() async throws(StoreError) -> Int64 {
        try await database.execute(CatalogueStatements.revision()).first?.integer(0) ?? 0
    }

    /// The revision is read first: what changes in between is seen at the next look.
    public func contents() async throws(StoreError) -> CatalogueContents {
        let answers = try await database.execute([
            CatalogueStatements.revision(), CatalogueStatements.categories(), CatalogueStatements.presets(),
        ])
        return CatalogueContents(
            revision: answers[0].first?.integer(0) ?? 0, categories: answers[1].map { $0.catalogueCategory() },
            presets: answers[2].map { $0.cataloguePreset() })
    }

    /// Inserts, unless the name is taken.
    public func create(_ draft: CatalogueDraft, by author: String) async throws(StoreError) -> CatalogueOutcome {
        switch draft {
        case .category(let draft):
            try await change(
                .category, "create", author, CatalogueStatements.categoryStanding(.null, .text(draft.name)),
                CatalogueStatements.createCategory([.text(draft.name)] + draft.parameters))
        case .preset(let draft):
            try await change(
                .preset, "create", author,
                CatalogueStatements.presetStanding(.null, .text(draft.category), .text(draft.name)),
                CatalogueStatements.createPreset(draft.parameters))
        }
    }

    /// Updates all fields, but for a category's name.
    public func update(
        _ id: Int, to draft: CatalogueDraft, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        switch draft {
        case .category(let draft):
            try await change(
                .category, "update", author, CatalogueStatements.categoryStanding(.integer(id), .null),
                CatalogueStatements.updateCategory([.integer(id)] + draft.parameters))
        case .preset(let draft):
            try await change(
                .preset, "update", author,
                CatalogueStatements.presetStanding(.integer(id), .text(draft.category), .text(draft.name)),
                CatalogueStatements.updatePreset([.integer(id)] + draft.parameters))
        }
    }

    /// One field. Nothing happens to an item that is so already.
    public func setActive(
        _ key: CatalogueKey, _ isActive: Bool, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        let statement: PostgresStatement =
            switch key.kind {
            case .category: CatalogueStatements.activateCategory
            case .preset: CatalogueStatements.activatePreset
            }
        return try await change(
            key.kind, isActive ? "activate" : "deactivate", author, standing(of: key),
            statement(.integer(key.id), .bool(isActive)))
    }

    /// Marks as deleted.
    public func delete(_ key: CatalogueKey, by author: String) async throws(StoreError) -> CatalogueOutcome {
        switch key.kind {
        case .preset:
            return try await change(
                .preset, "delete", author, standing(of: key), CatalogueStatements.deletePreset(.integer(key.id)))
        case .category:
            let outcome = try await change(
                .category, "delete", author, standing(of: key), CatalogueStatements.deleteCategory(.integer(key.id)))
            return outcome == .nameTaken ? .inUse : outcome
        }
    }

    /// Takes the fields from the stored version.
    public func rollBack(
        _ key: CatalogueKey, to version: Int, by author: String
    ) async throws(StoreError) -> CatalogueOutcome {
        let parameters: [PostgresValue] = [.integer(key.id), .integer(version)]
        switch key.kind {
        case .category:
            return try await change(
                .category, "rollback", author, CatalogueStatements.oldCategoryStanding(parameters),
                CatalogueStatements.rollBackCategory(parameters))
        case .preset:
            return try await change(
                .preset, "rollback", author, CatalogueStatements.oldPresetStanding(parameters),
                CatalogueStatements.rollBackPreset(parameters))
        }
    }

    /// By primary key.
    public func versions(of key: CatalogueKey) async throws(StoreError) -> [CatalogueVersion] {
        let rows = try await database.execute(
            CatalogueStatements.versions(.text(key.kind.rawValue), .integer(key.id)))
        var versions: [CatalogueVersion] = []
        for index in 0..<rows.count { versions.append(try rows[index].catalogueVersion()) }
        return versions
    }

    /// One statement, in the order of the numbers, so that instances never wait for each other in a circle.
    public func addUses(_ uses: [Int: Int]) async throws(StoreError) {
        guard !uses.isEmpty else { return }
        let sorted = uses.sorted { $0.key < $1.key }
        _ = try await database.execute(
            CatalogueStatements.addUses(.array(sorted.map(\.key)), .array(sorted.map(\.value))))
    }

    private func standing(of key: CatalogueKey) -> PostgresQuery {
        switch key.kind {
        case .category: CatalogueStatements.categoryStanding(.integer(key.id), .null)
        case .preset: CatalogueStatements.presetIsThere(.integer(key.id))
        }
    }

    /// Without a changed row, what stood before says why.
    private func change(
        _ kind: CatalogueKey.Kind, _ action: String, _ author: String, _ standing: PostgresQuery,
        _ query: PostgresQuery
    ) async throws(StoreError) -> CatalogueOutcome {
        let answers = try await database.execute([
            CatalogueStatements.begin(.text(author), .text(action)), standing, query,
        ])
        if let row = answers[2].first {
            return .done(kind == .category ? .category(row.catalogueCategory()) : .preset(row.cataloguePreset()))
        }
        guard let row = answers[1].first else { return .unknown }
        if action != "create", row.bool(0) == false { return .unknown }
        if row.bool(1) == false { return .noCategory }
        return .nameTaken
    }
}

extension CategoryDraft {
    /// All but the name.
    fileprivate var parameters: [PostgresValue] {
        [.text(displayName), .text(description), .bool(isActive), .integer(sortOrder)]
    }
}

extension PresetDraft {
    fileprivate var parameters: [PostgresValue] {
        [.text(category), .text(name), .text(description), .text(template), .bool(isActive)]
    }
}
