/// Text of a string on its way into JSON, piece by piece.
struct JSONEscaping {
    /// Room that `fill` needs.
    static let pieceBytes = 1024
    /// Eight bytes that stand for themselves, and the longest escape.
    private static let mostAtOnce = 8 + 6

    private let text: UnsafeRawBufferPointer
    private var position: Int

    init(_ text: UnsafeRawBufferPointer, from start: Int) {
        self.text = text
        position = start
    }

    var isDone: Bool { position == text.count }

    /// Writes what comes next into `room` of `pieceBytes`, eight bytes at a time; returns how many bytes it has filled.
    mutating func fill(_ room: UnsafeMutableRawBufferPointer) -> Int {
        var (read, filled) = (position, 0)
        while read < text.count, filled + Self.mostAtOnce <= room.count {
            // Where the last word begins that there is room for.
            let last = min(text.count - 8, read + room.count - filled - Self.mostAtOnce)
            let isSpecial = JSONRun.copy(text, &read, through: last, to: room, &filled)
            guard read < text.count else { break }
            if isSpecial || JSONRun.isSpecial(text[read]) {
                filled &+= Self.escape(text[read], into: room, at: filled)
            } else {
                room[filled] = text[read]
                filled &+= 1
            }
            read &+= 1
        }
        position = read
        return filled
    }

    /// Writes the escape of a special byte; returns its length.
    @inline(__always)
    private static func escape(_ byte: UInt8, into room: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
        // Nearly all that text has of them.
        let isUsual = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x0A
        guard isUsual else { return escapeRare(byte, into: room, at: start) }
        room[start] = UInt8(ascii: "\\")
        room[start + 1] = byte == 0x0A ? UInt8(ascii: "n") : byte
        return 2
    }

    @inline(never)
    private static func escapeRare(_ byte: UInt8, into room: UnsafeMutableRawBufferPointer, at start: Int) -> Int {
        let letter: UInt8
        switch byte {
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default: letter = UInt8(ascii: "u")
        }
        room[start] = UInt8(ascii: "\\")
        room[start + 1] = letter
        guard letter == UInt8(ascii: "u") else { return 2 }
        let digit = byte & 0x0F
        room[start + 2] = UInt8(ascii: "0")
        room[start + 3] = UInt8(ascii: "0")
        room[start + 4] = UInt8(ascii: "0") + byte >> 4
        room[start + 5] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        return 6
    }
}
