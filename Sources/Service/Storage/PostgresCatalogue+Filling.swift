public import Domain
import Hashing
import Postgres
public import Prompts

extension PostgresCatalogue {
    /// How much a filling changed.
    public struct Filling: Sendable, Equatable {
        /// Items that were not there.
        public let added: Int
        /// Items that were changed.
        public let changed: Int

        init(_ answers: ArraySlice<PostgresRows>) {
            added = answers.reduce(0) { $0 + Int($1.first?.integer(0) ?? 0) }
            changed = answers.reduce(0) { $0 + Int($1.first?.integer(1) ?? 0) }
        }
    }

    /// Brings in what the files hold, by the rules of `SeedStatements`. One transaction under the lock that all changes
    /// take, so any number of instances may start at once.
    public func seed(_ library: PromptLibrary) async throws(StoreError) -> Filling {
        let (categories, presets) = (library.categories, library.presets)
        let answers = try await database.execute([
            CatalogueStatements.begin(.text("files"), .text("seed")),
            SeedStatements.adoptCategories(.texts(categories.map(\.name))),
            SeedStatements.categories(
                .texts(categories.map(\.name)), .array(categories.map(\.id)), .texts(categories.map(\.displayName)),
                .texts(categories.map(\.description)), .array(categories.map(\.isActive)),
                .array(categories.map(\.sortOrder)), .texts(categories.map(\.seedHash))),
            SeedStatements.presets(
                .texts(presets.map { String($0.id) }), .array(presets.map(\.id)), .texts(presets.map(\.category)),
                .texts(presets.map(\.name)), .texts(presets.map(\.description)), .texts(presets.map(\.template)),
                .texts(presets.map(\.seedHash))),
        ])
        return Filling(answers[2...])
    }

    /// Makes categories of these names, and presets of these names in them, what the drafts say; leaves all others.
    /// One transaction. A preset's category must be in the catalogue or among the drafts.
    public func fill(
        _ categories: [CategoryDraft], _ presets: [PresetDraft], by author: String
    ) async throws(StoreError) -> Filling {
        let answers = try await database.execute([
            CatalogueStatements.begin(.text(author), .text("import")),
            SeedStatements.importCategories(
                .texts(categories.map(\.name)), .texts(categories.map(\.displayName)),
                .texts(categories.map(\.description)), .array(categories.map(\.isActive)),
                .array(categories.map(\.sortOrder))),
            SeedStatements.importPresets(
                .texts(presets.map(\.category)), .texts(presets.map(\.name)), .texts(presets.map(\.description)),
                .texts(presets.map(\.template)), .array(presets.map(\.isActive))),
        ])
        return Filling(answers[1...])
    }
}

extension PromptCategory {
    fileprivate var seedHash: String {
        SHA256.hash(Array([displayName, description, "\(isActive)", "\(sortOrder)"].joined(separator: "\0").utf8))
            .description
    }
}

extension Preset {
    fileprivate var seedHash: String {
        SHA256.hash(Array([category, name, description, template].joined(separator: "\0").utf8)).description
    }
}
