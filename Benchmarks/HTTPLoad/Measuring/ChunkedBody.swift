/// Finds the end of a body in chunks (RFC 9112, 7.1), as streams of events have it.
struct ChunkedBody {
    private enum Place {
        /// Within the line that tells a chunk's size; what it has told so far, and whether it told anything.
        case size(Int, isTold: Bool)
        /// Behind the size: an extension, or the line's end.
        case restOfSizeLine(Int)
        case content(missing: Int)
        /// Behind a chunk, before the line's end.
        case contentEnd
        /// Within the lines behind the last chunk; how many bytes the line has.
        case trailer(Int)
    }

    private static let longestChunk = 1 << 32
    private var place = Place.size(0, isTold: false)

    /// Takes the next bytes; what follows the body's end is malformed, since one answer is read at a time.
    mutating func consume(_ bytes: UnsafeRawBufferPointer.SubSequence) -> ResponseFramer.Ending {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            if case .content(let missing) = place {
                let count = min(missing, bytes.endIndex - index)
                index += count
                place = count == missing ? .contentEnd : .content(missing: missing - count)
                continue
            }
            switch step(over: bytes[index]) {
            case .incomplete: index += 1
            case .complete: return index + 1 == bytes.endIndex ? .complete : .malformed
            case .malformed: return .malformed
            }
        }
        return .incomplete
    }

    private mutating func step(over byte: UInt8) -> ResponseFramer.Ending {
        switch place {
        case .size(let size, let isTold): return readSize(byte, size, isTold)
        case .restOfSizeLine(let size):
            if byte == 10 { place = size == 0 ? .trailer(0) : .content(missing: size) }
        case .contentEnd:
            guard byte == 13 || byte == 10 else { return .malformed }
            if byte == 10 { place = .size(0, isTold: false) }
        case .trailer(let length):
            guard byte == 10 else {
                place = .trailer(byte == 13 ? length : length + 1)
                return .incomplete
            }
            if length == 0 { return .complete }
            place = .trailer(0)
        case .content: break
        }
        return .incomplete
    }

    private mutating func readSize(_ byte: UInt8, _ size: Int, _ isTold: Bool) -> ResponseFramer.Ending {
        guard let digit = Self.digit(byte) else {
            guard isTold else { return .malformed }
            place = byte == 10 ? (size == 0 ? .trailer(0) : .content(missing: size)) : .restOfSizeLine(size)
            return byte == 10 || byte == 13 || byte == UInt8(ascii: ";") ? .incomplete : .malformed
        }
        place = .size(size << 4 + digit, isTold: true)
        return size << 4 + digit <= Self.longestChunk ? .incomplete : .malformed
    }

    private static func digit(_ byte: UInt8) -> Int? {
        switch byte {
        case 48...57: Int(byte) - 48
        case 65...70: Int(byte) - 55
        case 97...102: Int(byte) - 87
        default: nil
        }
    }
}
