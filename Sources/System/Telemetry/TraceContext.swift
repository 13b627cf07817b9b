/// Where a piece of work belongs: a trace, and the span in it that caused the work (W3C Trace Context, level 1).
///
/// It is kept as numbers: every job has one, and most are never written out.
public struct TraceContext: Sendable, Hashable {
    /// The halves of the trace's name; not both zero.
    private let high: UInt64
    private let low: UInt64
    /// The span's name; not zero.
    private let span: UInt64
    /// Whether the caller records the trace.
    public let isSampled: Bool

    /// Names the whole, from the first caller to the last callee: 32 hexadecimal digits in lower case, not all zero.
    public var traceID: String {
        String(unsafeUninitializedCapacity: 32) { buffer in
            Self.write(high, to: buffer, at: 0)
            Self.write(low, to: buffer, at: 16)
            return 32
        }
    }

    /// Names the span: 16 hexadecimal digits in lower case, not all zero.
    public var spanID: String {
        String(unsafeUninitializedCapacity: 16) { buffer in
            Self.write(span, to: buffer, at: 0)
            return 16
        }
    }

    /// A trace named by its two halves, most significant first, and a span; nil where a name would be zero.
    public init?(trace: (high: UInt64, low: UInt64), span: UInt64, isSampled: Bool = false) {
        guard trace.high | trace.low != 0, span != 0 else { return nil }
        self.init(trace.high, trace.low, span, isSampled)
    }

    private init(_ high: UInt64, _ low: UInt64, _ span: UInt64, _ isSampled: Bool) {
        self.high = high
        self.low = low
        self.span = span
        self.isSampled = isSampled
    }

    /// Reads a `traceparent` (§3.2); nil unless it is right in every point. Of later versions what is known is read.
    public init?(traceparent: String) {
        let bytes = traceparent.utf8Span.span
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes.count <= 512, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = Self.number(0..<2, in: bytes), let high = Self.number(3..<19, in: bytes),
            let low = Self.number(19..<35, in: bytes), let span = Self.number(36..<52, in: bytes),
            let flags = Self.number(53..<55, in: bytes)
        else { return nil }
        guard version != 0xFF, bytes.count == 55 || version != 0 && bytes[55] == dash else { return nil }
        self.init(trace: (high, low), span: span, isSampled: flags & 1 == 1)
    }

    /// A trace that begins here.
    public static func new() -> TraceContext {
        TraceContext(.random(in: 1 ... .max), .random(in: 0 ... .max), .random(in: 1 ... .max), false)
    }

    /// The same trace with a new span, for a call that is part of the work.
    public func child() -> TraceContext {
        TraceContext(high, low, .random(in: 1 ... .max), isSampled)
    }

    /// The field's value for a callee.
    public var traceparent: String {
        String(unsafeUninitializedCapacity: 55) { buffer in
            for place in 0..<55 { buffer[place] = UInt8(ascii: "0") }
            for place in [2, 35, 52] { buffer[place] = UInt8(ascii: "-") }
            Self.write(high, to: buffer, at: 3)
            Self.write(low, to: buffer, at: 19)
            Self.write(span, to: buffer, at: 36)
            if isSampled { buffer[54] = UInt8(ascii: "1") }
            return 55
        }
    }

    /// The value of hexadecimal digits in lower case, at most 16 of them; nil for others.
    private static func number(_ range: Range<Int>, in bytes: Swift.Span<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for index in range {
            let byte = bytes[index]
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(byte - 0x57)
            default: return nil
            }
        }
        return number
    }

    /// Writes all 16 digits of a number.
    private static func write(_ number: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        for index in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index) & 15)
            buffer[start + index] = digit < 10 ? 0x30 + digit : 0x57 + digit
        }
    }
}
