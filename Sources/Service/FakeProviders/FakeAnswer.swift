/// What the fake's model says, in place of repeating the question.
public enum FakeAnswer: Equatable, Sendable {
    /// Always this text.
    case text(String)
    /// A small table as a JSON text, for tests that parse answers.
    case table

    /// The text that is sent.
    var text: String {
        switch self {
        case .text(let text): text
        case .table: #"[["Город","Население"],["Москва",13100000],["Казань",1310000]]"#
        }
    }
}
