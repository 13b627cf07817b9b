import Domain
import JSON

/// The models under the names that clients may send: our own first, which leaves the choice to the routing.
struct ModelList {
    private struct Entry {
        let id: String
        let owner: String
        let provider: String?
    }

    private let entries: [Entry]

    /// A model that several providers have goes by `provider/model`.
    init(_ listing: ModelListing) {
        let counts = Dictionary(listing.models.map { ($0.id, 1) }, uniquingKeysWith: +)
        entries =
            [Entry(id: ModelName.routed, owner: ModelName.routed, provider: nil)]
            + listing.models.map { model in
                let isShared = counts[model.id] ?? 1 > 1
                return Entry(
                    id: isShared ? "\(model.provider)/\(model.id)" : model.id, owner: model.owner ?? model.provider,
                    provider: model.provider)
            }
    }

    func body() -> [UInt8] {
        JSONWriter.object(capacity: 2_048) { object in
            object.field("object", "list")
            object.array("data") { data in
                for entry in entries { data.object { Self.write(entry, to: &$0) } }
            }
        }
    }

    /// One model; nil if there is none of that name. `provider/model` is always understood.
    func body(of id: String) -> [UInt8]? {
        let entry = entries.first { entry in
            entry.id == id || entry.provider.map { "\($0)/\(entry.id)" } == id
        }
        guard let entry else { return nil }
        return JSONWriter.object { Self.write(entry, to: &$0) }
    }

    /// When a model was made no provider tells, but clients want a number.
    private static func write(_ entry: Entry, to object: inout JSONObjectWriter) {
        object.field("id", entry.id)
        object.field("object", "model")
        object.field("created", 0)
        object.field("owned_by", entry.owner)
    }
}
