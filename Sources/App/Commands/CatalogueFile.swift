import Domain
import JSON
import YAML

/// Categories and presets as `gigaoffice prompts export` writes them and `import` reads them.
struct CatalogueFile {
    let categories: [CategoryDraft]
    let presets: [PresetDraft]

    /// The text of a file with everything in it, one line of JSON.
    static func text(_ contents: CatalogueContents) -> String {
        let bytes = JSONWriter.object(capacity: 16_384) { object in
            object.array("categories") { list in
                for draft in contents.categories.map(\.draft) {
                    list.object { item in
                        item.field("name", draft.name)
                        item.field("display_name", draft.displayName)
                        item.field("description", draft.description)
                        item.field("is_active", draft.isActive)
                        item.field("sort_order", draft.sortOrder)
                    }
                }
            }
            object.array("presets") { list in
                for draft in contents.presets.map(\.draft) {
                    list.object { item in
                        item.field("category", draft.category)
                        item.field("name", draft.name)
                        item.field("description", draft.description)
                        item.field("template", draft.template)
                        item.field("is_active", draft.isActive)
                    }
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads JSON or YAML and checks every item; gives all faults in words. Names must not repeat.
    static func read(_ text: String, isJSON: Bool) -> Result<CatalogueFile, CatalogueFileFaults> {
        let root: JSONValue
        do {
            root = isJSON ? try JSONParser().parse(text) : try YAMLParser.parse(text).jsonValue
        } catch {
            return .failure(CatalogueFileFaults(list: ["\(error)"]))
        }
        guard case .object(let object) = root else {
            return .failure(CatalogueFileFaults(list: ["must be an object with categories and presets"]))
        }
        var faults: [String] = []
        let categories = items(object, "categories", &faults) { CategoryDraft.read($0) }
        let presets = items(object, "presets", &faults) { item in PresetDraft.read(item) { _ in nil } }
        faults += repeated(categories.map(\.name)).map { "category \"\($0)\" is there twice" }
        faults += repeated(presets.map { "\($0.category)/\($0.name)" }).map { "preset \"\($0)\" is there twice" }
        guard faults.isEmpty else { return .failure(CatalogueFileFaults(list: faults)) }
        return .success(CatalogueFile(categories: categories, presets: presets))
    }

    /// Categories that presets are in and that are neither in the file nor among `known`.
    func missingCategories(known: [String]) -> [String] {
        let there = Set(known + categories.map(\.name))
        return Set(presets.map(\.category)).subtracting(there).sorted()
    }

    private static func items<Draft>(
        _ object: JSONObject, _ key: String, _ faults: inout [String],
        _ read: (JSONObject) -> Result<Draft, InputFaults>
    ) -> [Draft] {
        guard let value = object[key], !value.isNull else { return [] }
        guard case .array(let elements) = value else {
            faults.append("\(key): must be a list")
            return []
        }
        var drafts: [Draft] = []
        for (index, element) in elements.enumerated() {
            guard case .object(let item) = element else {
                faults.append("\(key).\(index): must be an object")
                continue
            }
            switch read(item) {
            case .success(let draft): drafts.append(draft)
            case .failure(let found):
                faults += found.list.map { "\(key).\(index).\($0.location.joined(separator: ".")): \($0.message)" }
            }
        }
        return drafts
    }

    private static func repeated(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }
    }
}
