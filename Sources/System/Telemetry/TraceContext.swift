/// Where a piece of work belongs: a trace, and the span in it that caused the work (W3C Trace Context, level 1).
public struct TraceContext: Sendable, Hashable {
    /// Names the whole, from the first caller to the last callee: 32 hexadecimal digits in lower case, not all zero.
    public let traceID: String
    /// Names the span: 16 hexadecimal digits in lower case, not all zero.
    public let spanID: String
    /// Whether the caller records the trace.
    public let isSampled: Bool

    private init(traceID: String, spanID: String, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// Reads a `traceparent` (§3.2); nil unless it is right in every point. Of later versions what is known is read.
    public init?(traceparent: String) {
        let bytes = Array(traceparent.utf8)
        let dash = UInt8(ascii: "-")
        guard bytes.count >= 55, bytes.count <= 512, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            [0..<2, 3..<35, 36..<52, 53..<55].allSatisfy({ bytes[$0].allSatisfy(Self.isDigit) })
        else { return nil }
        let version = String(decoding: bytes[0..<2], as: UTF8.self)
        guard version != "ff", bytes.count == 55 || version != "00" && bytes[55] == dash else { return nil }
        let (trace, span) = (bytes[3..<35], bytes[36..<52])
        guard trace.contains(where: { $0 != 0x30 }), span.contains(where: { $0 != 0x30 }) else { return nil }
        traceID = String(decoding: trace, as: UTF8.self)
        spanID = String(decoding: span, as: UTF8.self)
        // The last bit of the flags.
        isSampled = Int(bytes[54]) & 1 == (bytes[54] > 0x39 ? 0 : 1)
    }

    /// A trace that begins here.
    public static func new() -> TraceContext {
        TraceContext(
            traceID: digits(of: .random(in: 1 ... .max)) + digits(of: .random(in: 0 ... .max)),
            spanID: digits(of: .random(in: 1 ... .max)), isSampled: false)
    }

    /// The same trace with a new span, for a call that is part of the work.
    public func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.digits(of: .random(in: 1 ... .max)), isSampled: isSampled)
    }

    /// The field's value for a callee.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func digits(of number: UInt64) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
