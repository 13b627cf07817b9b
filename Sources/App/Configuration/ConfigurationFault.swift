/// One thing that keeps the program from starting, by the name a person has to look for.
struct ConfigurationFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// A setting, or a file with the line.
    let name: String
    let problem: String
    let origin: Origin?

    init(_ name: String, _ problem: String, origin: Origin? = nil) {
        self.name = name
        self.problem = problem
        self.origin = origin
    }

    /// A text that its setting's rule refuses.
    init(_ setting: Setting, refused written: SourcedText) {
        let shown = setting.isSecret ? nil : Self.quoted(written.text)
        self.init(
            setting.name, "\(shown ?? "the value") is not \(setting.expectation)", origin: written.origin)
    }

    var description: String {
        guard let origin else { return "\(name): \(problem)" }
        return "\(name): \(problem) (from \(origin))"
    }

    /// The text on one line, cut to a length that still shows a typing error; nil for one that may hold a user's
    /// password, as an address with an @ does.
    private static func quoted(_ text: String) -> String? {
        guard !text.contains("@") else { return nil }
        let shown = String(text.unicodeScalars.prefix(64)).printable
        return text.unicodeScalars.count > 64 ? "\"\(shown)…\"" : "\"\(shown)\""
    }
}
