import Domain
import JSON

/// The catalogue at one revision, with everything that clients ask for written out. Immutable.
final class CatalogueSnapshot: Sendable {
    let contents: CatalogueContents
    let categoryList: ReadyAnswer
    let presetList: ReadyAnswer
    /// The presets of one category alone, by its number.
    private let presetLists: [Int: ReadyAnswer]
    /// A category with its presets, by its number.
    private let categoryPages: [Int: ReadyAnswer]
    private let numbers: [String: Int]
    /// Templates without blanks around them, by their size in UTF-8: nearly every text that is looked up has another
    /// size than all of them, and needs no hash.
    private let templates: [Int: [(text: Substring, preset: Int)]]

    init(_ contents: CatalogueContents) {
        self.contents = contents
        let categories = contents.categories.filter(\.draft.isActive)
        let presets = contents.presets.filter(\.draft.isActive)
        let members = Dictionary(grouping: presets, by: \.categoryID)
        let pairs = categories.flatMap { category in (members[category.id] ?? []).map { (category, $0) } }
        categoryList = Self.categoryList(categories, members)
        presetList = Self.presetList(pairs)
        presetLists = Self.byNumber(categories) { category in
            Self.presetList((members[category.id] ?? []).map { (category, $0) })
        }
        categoryPages = Self.byNumber(categories) { Self.page($0, members[$0.id] ?? []) }
        numbers = Dictionary(categories.map { ($0.draft.name, $0.id) }, uniquingKeysWith: { first, _ in first })
        templates = Dictionary(grouping: presets.map { ($0.draft.template.trimmed, $0.id) }, by: \.0.utf8.count)
    }

    /// The active category with this number or name, together with its presets.
    func page(of category: String) -> ReadyAnswer? {
        number(of: category).flatMap { categoryPages[$0] }
    }

    /// The presets of the active category with this number or name.
    func presets(of category: String) -> ReadyAnswer? {
        number(of: category).flatMap { presetLists[$0] }
    }

    private func number(of category: String) -> Int? {
        numbers[category] ?? Int(category)
    }

    /// The active preset whose template is this text, but for blanks around it.
    func preset(withTemplate text: String) -> Int? {
        let trimmed = text.trimmed
        return templates[trimmed.utf8.count]?.first { $0.text.utf8.elementsEqual(trimmed.utf8) }?.preset
    }

    /// The active category of that name.
    func category(named name: String) -> CatalogueCategory? {
        contents.categories.first { $0.draft.name == name && $0.draft.isActive }
    }

    /// The active presets in a category.
    func presetCount(of category: CatalogueCategory) -> Int {
        contents.presets.count { $0.categoryID == category.id && $0.draft.isActive }
    }

    // MARK: Writing

    private static func byNumber(
        _ categories: [CatalogueCategory], _ write: (CatalogueCategory) -> ReadyAnswer
    ) -> [Int: ReadyAnswer] {
        Dictionary(categories.map { ($0.id, write($0)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func categoryList(
        _ categories: [CatalogueCategory], _ members: [Int: [CataloguePreset]]
    ) -> ReadyAnswer {
        ReadyAnswer(
            JSONWriter.object { object in
                object.field("status", "success")
                object.array("categories") { list in
                    for category in categories {
                        list.object {
                            CatalogueJSON.write(category, promptCount: members[category.id]?.count ?? 0, to: &$0)
                        }
                    }
                }
            })
    }

    private static func presetList(_ pairs: [(CatalogueCategory, CataloguePreset)]) -> ReadyAnswer {
        ReadyAnswer(
            JSONWriter.object { object in
                object.field("status", "success")
                object.array("prompts") { list in
                    for (category, preset) in pairs {
                        list.object { CatalogueJSON.write(preset, of: category, to: &$0) }
                    }
                }
            })
    }

    private static func page(_ category: CatalogueCategory, _ presets: [CataloguePreset]) -> ReadyAnswer {
        ReadyAnswer(
            JSONWriter.object { object in
                object.field("status", "success")
                object.object("category") {
                    CatalogueJSON.write(category, promptCount: presets.count, to: &$0)
                }
                object.array("prompts") { list in
                    for preset in presets { list.object { CatalogueJSON.writeMember(preset, to: &$0) } }
                }
            })
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: Substring {
        guard let first = unicodeScalars.firstIndex(where: { !$0.isBlank }),
            let last = unicodeScalars.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return self[first...last]
    }
}
