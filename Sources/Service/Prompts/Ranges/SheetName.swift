/// The name of a sheet as it stands before the `!` of a reference. Spreadsheets allow 1 … 31 characters, none of
/// `: \ / ? * [ ]`, and no apostrophe at either end.
public struct SheetName: Sendable, Hashable {
    /// The plain name, without quotes.
    public let text: String

    /// Nil when the name breaks the rules.
    public init?(_ text: String) {
        guard (1...31).contains(text.count), text.first != "'", text.last != "'" else { return nil }
        guard !text.unicodeScalars.contains(where: Self.isForbidden) else { return nil }
        self.text = text
    }

    /// Reads the part before `!`: `Лист1`, or `'Мой лист'` where a doubled apostrophe stands for one.
    init?(reference: some StringProtocol) {
        guard reference.first == "'" else {
            guard !reference.contains("'") else { return nil }
            self.init(String(reference))
            return
        }
        guard reference.count >= 3, reference.last == "'" else { return nil }
        var name = ""
        var isAfterApostrophe = false
        for character in reference.dropFirst().dropLast() {
            if character == "'", !isAfterApostrophe {
                isAfterApostrophe = true
                continue
            }
            guard !isAfterApostrophe || character == "'" else { return nil }
            isAfterApostrophe = false
            name.append(character)
        }
        guard !isAfterApostrophe else { return nil }
        self.init(name)
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || ":\\/?*[]".unicodeScalars.contains(scalar)
    }
}

extension SheetName: CustomStringConvertible {
    /// As a reference needs it: quoted unless it reads as one plain word that is no cell reference.
    public var description: String {
        isPlainWord
            ? text : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    private var isPlainWord: Bool {
        guard let first = text.first, first.isLetter || first == "_" else { return false }
        return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." } && CellReference(text) == nil
    }
}
