import Domain
import JSON
import Telemetry

/// How items of the catalogue are written. Fields that existing clients know come first.
enum CatalogueJSON {
    static func write(_ category: CatalogueCategory, promptCount: Int?, to object: inout JSONObjectWriter) {
        object.field("id", category.id)
        object.field("name", category.draft.name)
        object.field("display_name", category.draft.displayName)
        object.field("description", category.draft.description)
        object.field("is_active", category.draft.isActive)
        object.field("sort_order", category.draft.sortOrder)
        object.field("prompt_count", ifPresent: promptCount)
    }

    /// As clients see it in the list.
    static func write(_ preset: CataloguePreset, of category: CatalogueCategory, to object: inout JSONObjectWriter) {
        object.field("id", preset.id)
        object.field("name", preset.draft.name)
        object.field("template", preset.draft.template)
        object.field("category_id", preset.categoryID)
        object.field("category_name", category.draft.name)
        object.field("category_display_name", category.draft.displayName)
    }

    /// As clients see it under its category.
    static func writeMember(_ preset: CataloguePreset, to object: inout JSONObjectWriter) {
        object.field("id", preset.id)
        object.field("name", preset.draft.name)
        object.field("description", preset.draft.description)
        object.field("template", preset.draft.template)
        object.field("category_id", preset.categoryID)
    }

    /// As those who manage it see it.
    static func writeFull(_ item: CatalogueItem, to object: inout JSONObjectWriter) {
        switch item {
        case .category(let category):
            write(category, promptCount: nil, to: &object)
            object.field("version", category.version)
            object.field("follows_files", category.followsFiles)
        case .preset(let preset):
            writeMember(preset, to: &object)
            object.field("category_name", preset.draft.category)
            object.field("is_active", preset.draft.isActive)
            object.field("usage_count", preset.uses)
            object.field("version", preset.version)
            object.field("follows_files", preset.followsFiles)
        }
    }

    static func write(_ version: CatalogueVersion, to object: inout JSONObjectWriter) {
        object.field("version", version.number)
        object.field("action", version.action)
        object.field("author", version.author)
        object.field("created_at", version.time.rfc3339)
        object.field("content", version.content)
    }
}
