extension Character {
    /// Whether an identifier may hold this character.
    var isNameCharacter: Bool { isLetter || isNumber || self == "_" }
}
