import Domain
import JSON

/// One message in GigaChat's functions dialect.
struct GigaChatTurn: Equatable {
    /// Who speaks; the raw value is the word on the wire.
    enum Role: String {
        /// The instruction; one at most, and first.
        case system
        /// The person.
        case user
        /// The model.
        case assistant
        /// The answer of a function.
        case function
    }

    /// Who speaks.
    var role: Role
    /// What is said; JSON text in a function's turn.
    var text: String
    /// The function that the model wants called.
    var call: Call?
    /// The function's name in its turn.
    var name: String?

    /// A function call in the history.
    struct Call: Equatable {
        /// The function's name.
        var name: String
        /// The arguments, an object.
        var arguments: JSONValue
        /// GigaChat's `functions_state_id`; nil where the id is not GigaChat's.
        var stateID: String?
    }

    /// A turn.
    init(_ role: Role, _ text: String, call: Call? = nil, name: String? = nil) {
        self.role = role
        self.text = text
        self.call = call
        self.name = name
    }

    /// Writes the members of the message.
    func write(to object: inout JSONObjectWriter) {
        object.field("role", role.rawValue)
        object.field("content", text)
        object.field("name", ifPresent: name)
        guard let call else { return }
        object.object("function_call") { function in
            function.field("name", call.name)
            function.field("arguments", call.arguments)
        }
        object.field("functions_state_id", ifPresent: call.stateID)
    }
}
