import Domain
import JSON

/// The content of a 202: the same for all jobs but for the id, so it is written once and the id put in. It is the
/// answer that is given most often.
struct AcceptedBody: Sendable {
    private let template: [UInt8]
    private let place: Range<Int>

    private static let russian = AcceptedBody(.russian)
    private static let english = AcceptedBody(.english)

    /// The content for the job with this id, in its 36-character form.
    static func of(_ language: Language, id: String) -> [UInt8] {
        switch language {
        case .russian: russian.bytes(id)
        case .english: english.bytes(id)
        }
    }

    private init(_ language: Language) {
        let sample = Array(JobID(high: 0, low: 0).description.utf8)
        template = JSONWriter.object { object in
            object.field("success", true)
            object.field("request_id", String(decoding: sample, as: UTF8.self))
            object.field("status", JobState.queued.rawValue)
            object.field("message", Phrase.queued.text(in: language))
        }
        guard let place = template.firstRange(of: sample) else { preconditionFailure("the id is in the content") }
        self.place = place
    }

    private func bytes(_ id: String) -> [UInt8] {
        var bytes = template
        bytes.replaceSubrange(place, with: id.utf8)
        return bytes
    }
}
