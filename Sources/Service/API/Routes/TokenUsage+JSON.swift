import Domain
import JSON

extension TokenUsage {
    /// Writes the member `tokens`.
    func write(to object: inout JSONObjectWriter) {
        object.object("tokens") { tokens in
            tokens.field("prompt", prompt)
            tokens.field("completion", completion)
            tokens.field("precached", precached)
        }
    }
}
