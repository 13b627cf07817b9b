/// Something that does not stop the start, but that nobody can have meant.
struct ConfigurationWarning: Sendable, Hashable, CustomStringConvertible {
    /// The whole sentence, without any value.
    let description: String

    init(_ description: String) {
        self.description = description.printable
    }

    /// A name that is like ours and is not known.
    init(unknown name: String, origin: Origin, spelling: Spelling) {
        let hint = spelling.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
        self.init("\(name) is not a known setting (from \(origin))\(hint)")
    }
}
