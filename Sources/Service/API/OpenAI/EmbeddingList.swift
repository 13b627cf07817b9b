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

    /// The numbers as 32-bit floats, least significant byte first, in base64.
    private static func base64(_ vector: [Double]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            withUnsafeBytes(of: Float(number).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return Base64.text(bytes)
    }
}
