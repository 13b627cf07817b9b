public import JSON

extension PresetDraft {
    /// Reads what a client sent, or finds every fault. Unknown fields are ignored. The category is given by its name
    /// (`category`) or its number (`category_id`), whose name `categoryName` knows.
    public static func read(
        _ object: JSONObject, categoryName: (Int) -> String?
    ) -> Result<PresetDraft, InputFaults> {
        var fields = FieldReader(object)
        let category = category(&fields, categoryName)
        let draft = PresetDraft(
            category: category, name: fields.required("name", atMost: maximumNameLength),
            description: fields.optional("description", atMost: maximumDescriptionLength) ?? "",
            template: fields.required("template", atMost: JobInput.maximumQueryLength),
            isActive: fields.flag("is_active") ?? true)
        return fields.result(draft)
    }

    private static func category(_ fields: inout FieldReader, _ categoryName: (Int) -> String?) -> String {
        guard fields.object["category"].map(\.isNull) ?? true else {
            return fields.required("category", atMost: CategoryDraft.maximumNameLength)
        }
        guard fields.object["category_id"].map(\.isNull) == false else {
            fields.fault("category", .missing, "field required, or category_id")
            return ""
        }
        let count = fields.faults.count
        guard let id = fields.number("category_id", in: 1...Int(Int32.max)), fields.faults.count == count else {
            return ""
        }
        guard let name = categoryName(id) else {
            fields.fault("category_id", .malformed, "there is no such category")
            return ""
        }
        return name
    }
}
