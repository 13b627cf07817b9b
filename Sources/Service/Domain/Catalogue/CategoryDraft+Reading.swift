public import JSON

extension CategoryDraft {
    /// Reads what a client sent, or finds every fault. Unknown fields are ignored. `known` is the name of the category
    /// that is changed: it may be left out, and must not differ.
    public static func read(_ object: JSONObject, known: String? = nil) -> Result<CategoryDraft, InputFaults> {
        var fields = FieldReader(object)
        let isGiven = object["name"] != nil
        let name = known != nil && !isGiven ? known ?? "" : fields.required("name", atMost: maximumNameLength)
        if fields.faults.isEmpty, !isName(name) {
            fields.fault(
                "name", .malformed, "must be a small letter, then small letters, digits and underscores")
        } else if fields.faults.isEmpty, let known, known != name {
            fields.fault("name", .malformed, "the name of a category cannot be changed")
        }
        let draft = CategoryDraft(
            name: name, displayName: fields.required("display_name", atMost: maximumTitleLength),
            description: fields.optional("description", atMost: maximumDescriptionLength) ?? "",
            isActive: fields.flag("is_active") ?? true, sortOrder: fields.number("sort_order", in: 0...1_000_000) ?? 0)
        return fields.result(draft)
    }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, (0x61...0x7A).contains(first) else { return false }
        return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}
