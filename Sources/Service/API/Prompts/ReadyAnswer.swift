import HTTP
import HTTPServer

/// The content of an answer that is the same for everybody, written once.
struct ReadyAnswer: Sendable {
    let bytes: [UInt8]
    private let entityTag: String

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        entityTag = bytes.entityTag
    }

    func response(to request: Request) -> Response {
        Response(.ok, contentType: "application/json", body: bytes).conditional(on: request, tag: entityTag)
    }
}
