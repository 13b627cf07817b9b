extension String {
    /// The identifiers and keywords in it, in order.
    var words: [Substring] { split { !$0.isNameCharacter } }

    /// A camel-case name in parts: `HTTPServerBase64` gives `HTTP`, `Server`, `Base64`.
    var camelParts: [String] {
        var parts: [String] = []
        var previous: Character = " "
        let characters = Array(self)
        for (index, character) in characters.enumerated() {
            let next = index + 1 < characters.count ? characters[index + 1] : " "
            let opens = character.isUppercase && (!previous.isUppercase || next.isLowercase)
            if opens || !character.isNameCharacter || parts.isEmpty { parts.append("") }
            if character.isNameCharacter { parts[parts.count - 1].append(character) }
            previous = character
        }
        return parts.filter { !$0.isEmpty }
    }
}
