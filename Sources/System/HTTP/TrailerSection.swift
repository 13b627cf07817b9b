/// Trailer fields as their bytes come: held to the rules of header fields, then dropped (RFC 9112 §7.1.2).
struct TrailerSection {
    private enum Stage {
        case lineStart, name, value, valueLF, endLF
    }

    private var stage = Stage.lineStart
    private var length = 0
    private var isFirst = true

    /// Takes one byte and says whether the section is over.
    mutating func take(_ byte: UInt8, limit: Int) throws(RequestError) -> Bool {
        guard length < limit else { throw .trailersTooLarge }
        length += 1
        switch stage {
        case .lineStart: try takeFirst(byte)
        case .name: try takeName(byte)
        case .value: try takeValue(byte)
        case .valueLF:
            guard byte == .lineFeed else { throw .bareCR }
            stage = .lineStart
        case .endLF:
            guard byte == .lineFeed else { throw .bareCR }
            return true
        }
        return false
    }

    private mutating func takeFirst(_ byte: UInt8) throws(RequestError) {
        switch byte {
        case .carriageReturn: stage = .endLF
        case .space, .tab: throw isFirst ? .leadingWhitespace : .obsoleteFold
        case .colon: throw .emptyFieldName
        default:
            stage = .name
            try takeName(byte)
        }
        isFirst = false
    }

    private mutating func takeName(_ byte: UInt8) throws(RequestError) {
        if ByteSet.token.contains(byte) { return }
        switch byte {
        case .colon: stage = .value
        case .space, .tab: throw .spaceBeforeColon
        case .carriageReturn: throw .missingColon
        default: throw byte.isForbiddenControl ? .refusal(ofControl: byte) : .invalidFieldName
        }
    }

    private mutating func takeValue(_ byte: UInt8) throws(RequestError) {
        if byte == .carriageReturn {
            stage = .valueLF
        } else if byte.isForbiddenControl {
            throw .refusal(ofControl: byte)
        }
    }
}
