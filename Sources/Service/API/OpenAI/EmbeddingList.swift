import Domain
import JSON

/// Writes vectors as OpenAI does.
enum EmbeddingList {
    static func body(_ result: EmbeddingResult, isBase64: Bool) -> [UInt8] {
        JSONWriter.object(capacity: 4_096) { object in
            object.field("object", "list")
            object.array("data") { data in
                for (index, vector) in result.vectors.enumerated() {
                    data.object { item in
                        item.field("object", "embedding")
                        item.field("index", index)
                        if isBase64 {
                            item.field("embedding", base64(vector))
                        } else {
                            item.field("embedding", vector)
                        }
                    }
                }
            }
            object.field("model", result.model)
            object.object("usage") { usage in
                usage.field("prompt_tokens", result.promptTokens)
                usage.field("total_tokens", result.promptTokens)
            }
        }
    }

    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The numbers as 32-bit floats, least significant byte first, in base64 (RFC 4648 §4).
    private static func base64(_ vector: [Double]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            withUnsafeBytes(of: Float(number).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var group = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? Int(bytes[start + offset]) : 0) }
            for place in 0..<4 {
                text.append(place <= count ? digits[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
