/// One chunk-size line as its bytes come: `1*HEXDIG [ chunk-ext ] CRLF` (RFC 9112 §7.1).
struct ChunkSizeLine {
    private enum Stage {
        case firstDigit, digits
        /// Blanks are allowed here, if only a semicolon, or what the gap stands before, follows.
        case gapBeforeSemicolon, gapBeforeName, gapAfterName, gapBeforeValue
        case name, tokenValue, quotedValue, quotedPair, afterQuote
        case lineFeed
    }

    private var stage = Stage.firstDigit
    private(set) var size = 0
    /// Bytes so far, CRLF included.
    private(set) var length = 0

    /// Takes one byte and says whether the line is over.
    mutating func take(_ byte: UInt8, limit: Int) throws(RequestError) -> Bool {
        if stage == .lineFeed {
            guard byte == .lineFeed else { throw .bareCR }
            length += 1
            return true
        }
        guard length < limit || byte == .carriageReturn else { throw .chunkLineTooLong }
        length += 1
        switch stage {
        case .firstDigit, .digits: try takeDigit(byte)
        case .quotedValue, .quotedPair: try takeQuoted(byte)
        default: try takeExtension(byte)
        }
        return false
    }

    private mutating func takeDigit(_ byte: UInt8) throws(RequestError) {
        if let digit = byte.hexValue {
            guard size <= Int.max >> 4 else { throw .chunkSizeOverflow }
            size = size << 4 | Int(digit)
            stage = .digits
            return
        }
        guard stage == .digits else { throw .invalidChunkSize }
        switch byte {
        case .carriageReturn: stage = .lineFeed
        case .semicolon: stage = .gapBeforeName
        case .space, .tab: stage = .gapBeforeSemicolon
        case .lineFeed: throw .bareLF
        default: throw .invalidChunkSize
        }
    }

    private mutating func takeExtension(_ byte: UInt8) throws(RequestError) {
        let isToken = ByteSet.token.contains(byte)
        switch (stage, byte) {
        case (.gapBeforeName, _) where isToken, (.name, _) where isToken: stage = .name
        case (.gapBeforeValue, _) where isToken, (.tokenValue, _) where isToken: stage = .tokenValue
        case (.gapBeforeValue, .quote): stage = .quotedValue
        case (.name, .equals), (.gapAfterName, .equals): stage = .gapBeforeValue
        case (.name, .semicolon), (.gapAfterName, .semicolon), (.tokenValue, .semicolon), (.afterQuote, .semicolon),
            (.gapBeforeSemicolon, .semicolon):
            stage = .gapBeforeName
        case (.name, .carriageReturn), (.tokenValue, .carriageReturn), (.afterQuote, .carriageReturn):
            stage = .lineFeed
        case (.name, _) where byte.isBlank: stage = .gapAfterName
        case (.tokenValue, _) where byte.isBlank, (.afterQuote, _) where byte.isBlank: stage = .gapBeforeSemicolon
        case (.gapBeforeName, _) where byte.isBlank, (.gapAfterName, _) where byte.isBlank,
            (.gapBeforeValue, _) where byte.isBlank, (.gapBeforeSemicolon, _) where byte.isBlank:
            break
        case (_, .lineFeed): throw .bareLF
        default: throw stage == .gapBeforeSemicolon ? .invalidChunkSize : .invalidChunkExtension
        }
    }

    private mutating func takeQuoted(_ byte: UInt8) throws(RequestError) {
        guard !byte.isForbiddenControl else { throw .invalidChunkExtension }
        if stage == .quotedPair {
            stage = .quotedValue
        } else if byte == .quote {
            stage = .afterQuote
        } else if byte == .backslash {
            stage = .quotedPair
        }
    }
}
