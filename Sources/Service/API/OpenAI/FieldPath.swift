/// Where a value stands in a request's body, as OpenAI writes it: `messages[0].content`.
struct FieldPath: Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The member of that name.
    func member(_ name: String) -> FieldPath {
        FieldPath("\(text).\(name)")
    }

    /// The element at that place.
    func element(_ index: Int) -> FieldPath {
        FieldPath("\(text)[\(index)]")
    }
}
