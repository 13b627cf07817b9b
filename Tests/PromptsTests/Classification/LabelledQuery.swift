/// A task and the category a person would put it into.
struct LabelledQuery: Sendable {
    let text: String
    let category: String
    /// From 0, within its category.
    let place: Int
}
