import Domain
import JSON
import Postgres
import Telemetry

/// Reads items of the catalogue from the columns of `CatalogueStatements`, none of which can be NULL.
extension PostgresRow {
    func catalogueCategory() -> CatalogueCategory {
        CatalogueCategory(
            id: Int(integer(0) ?? 0),
            draft: CategoryDraft(
                name: string(1) ?? "", displayName: string(2) ?? "", description: string(3) ?? "",
                isActive: bool(4) ?? false, sortOrder: Int(integer(5) ?? 0)),
            version: Int(integer(6) ?? 0), followsFiles: bool(7) ?? false)
    }

    func cataloguePreset() -> CataloguePreset {
        CataloguePreset(
            id: Int(integer(0) ?? 0), categoryID: Int(integer(1) ?? 0),
            draft: PresetDraft(
                category: string(2) ?? "", name: string(3) ?? "", description: string(4) ?? "",
                template: string(5) ?? "", isActive: bool(6) ?? false),
            uses: Int(integer(7) ?? 0), version: Int(integer(8) ?? 0), followsFiles: bool(9) ?? false)
    }

    func catalogueVersion() throws(StoreError) -> CatalogueVersion {
        guard let content = utf8(4) else { throw .rejected("a version without content") }
        do throws(JSONParseError) {
            return CatalogueVersion(
                number: Int(integer(0) ?? 0), action: string(1) ?? "", author: string(2) ?? "",
                time: WallTime(microseconds: integer(3) ?? 0), content: try JSONParser().parse(content))
        } catch {
            throw .rejected("a stored version cannot be read: \(error)")
        }
    }
}
