import JSON
import Telemetry

/// The files that were put in, oldest first.
struct FakeFiles {
    /// One of them.
    struct File {
        let id: String
        let name: String
        let purpose: String
        let type: String
        let created: Int64
        let content: [UInt8]

        /// As the API describes it.
        var json: JSONValue {
            let modality: JSONValue = type.hasPrefix("image/") ? "image" : type.hasPrefix("audio/") ? "audio" : "text"
            return [
                "id": .string(id), "object": "file", "bytes": .integer(content.count),
                "created_at": .integer(Int(created)), "filename": .string(name), "purpose": .string(purpose),
                "access_policy": "private", "modalities": [modality],
            ]
        }
    }

    private(set) var all: [File] = []
    private var number = 0
    private static let mostBytes = 80 << 20

    /// Keeps a file; nil when all together would be more than 80 MiB.
    mutating func add(_ part: FakeForm.Part, purpose: String) -> File? {
        guard all.reduce(part.content.count, { $0 + $1.content.count }) <= Self.mostBytes else { return nil }
        number += 1
        let digits = String(number, radix: 16)
        let id = "00000000-0000-4000-8000-" + String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        let file = File(
            id: id, name: part.filename ?? "file", purpose: purpose, type: part.type ?? "text/plain",
            created: WallTime.now.seconds, content: part.content)
        all.append(file)
        return file
    }

    func find(_ id: Substring) -> File? { all.first { $0.id == id } }

    mutating func delete(_ id: Substring) -> Bool {
        let count = all.count
        all.removeAll { $0.id == id }
        return all.count < count
    }
}
