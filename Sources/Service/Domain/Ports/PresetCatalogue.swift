/// The managed categories and presets. Every method may be called from any loop task.
public protocol PresetCatalogue: Sendable {
    /// The present revision: one tiny query.
    func revision() async throws(StoreError) -> Int64

    /// All that there is.
    func contents() async throws(StoreError) -> CatalogueContents

    /// Makes an item. `author` says who, for the versions.
    func create(_ draft: CatalogueDraft, by author: String) async throws(StoreError) -> CatalogueOutcome

    /// Changes an item to what `draft` says, but for a category's name, which stays. The number is of the draft's kind.
    func update(
        _ id: Int, to draft: CatalogueDraft, by author: String
    ) async throws(StoreError) -> CatalogueOutcome

    /// Shows an item to clients or hides it from them.
    func setActive(
        _ key: CatalogueKey, _ isActive: Bool, by author: String
    ) async throws(StoreError) -> CatalogueOutcome

    /// Takes an item away; its versions stay.
    func delete(_ key: CatalogueKey, by author: String) async throws(StoreError) -> CatalogueOutcome

    /// Makes an item, even a deleted one, what it was in an earlier version. That makes a new version.
    func rollBack(
        _ key: CatalogueKey, to version: Int, by author: String
    ) async throws(StoreError) -> CatalogueOutcome

    /// What the item was, youngest first, at most 200; empty when there never was such an item.
    func versions(of key: CatalogueKey) async throws(StoreError) -> [CatalogueVersion]

    /// Adds uses to presets by their numbers. Changes no version and no revision.
    func addUses(_ uses: [Int: Int]) async throws(StoreError)
}
