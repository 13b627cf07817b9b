/// One line of a source file, taken apart.
struct SourceLine: Equatable {
    /// The line as written.
    var text = ""
    /// The line with comments and the contents of string literals as spaces.
    var code = ""
    /// What stands in comments on this line.
    var comment = ""

    /// Whether the code holds `token`, not merely as the end of a longer name.
    func mentions(_ token: String) -> Bool {
        var rest = code[...]
        while let range = rest.firstRange(of: token) {
            let before = rest[..<range.lowerBound].last
            guard let before, before.isNameCharacter, token.first?.isNameCharacter == true else { return true }
            rest = rest[range.upperBound...]
        }
        return false
    }
}
