import HTTP
import HTTPServer

/// The content of an answer that is the same for everybody, written once.
struct ReadyAnswer: Sendable {
    let bytes: [UInt8]
    private let contentType: String
    private let entityTag: String

    init(_ bytes: [UInt8], contentType: String = "application/json") {
        self.bytes = bytes
        self.contentType = contentType
        entityTag = bytes.entityTag
    }

    func response(to request: Request) -> Response {
        Response(.ok, contentType: contentType, body: bytes).conditional(on: request, tag: entityTag)
    }
}
