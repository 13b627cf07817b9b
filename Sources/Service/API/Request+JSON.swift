import Domain
import HTTP
import HTTPServer
import JSON

extension Request {
    /// Reads the body as a JSON object, or says what is wrong with it.
    func jsonObject() async throws(Problem) -> (object: JSONObject, bytes: [UInt8]) {
        try checkContentType()
        let bytes: [UInt8]
        do throws(BodyError) {
            bytes = if let received = try body.received() { received } else { try await body.collect() }
        } catch {
            throw Problem(error)
        }
        guard case .object(let object) = try parse(bytes) else {
            let fault = InputFault([], .wrongType, "must be a JSON object")
            throw Problem(.unprocessableContent, .notAnObject, faults: [fault])
        }
        return (object, bytes)
    }

    private func parse(_ bytes: [UInt8]) throws(Problem) -> JSONValue {
        do throws(JSONParseError) {
            return try JSONParser().parse(bytes)
        } catch {
            throw Problem(.badRequest, .invalidJSON(error.description))
        }
    }

    /// A missing type is taken for JSON: nothing else is read here.
    private func checkContentType() throws(Problem) {
        if head.hasValue("content-type", equalTo: "application/json", ignoringCase: true) { return }
        guard let type = head.first("content-type").map(MediaType.init) else { return }
        guard type.isJSON else {
            throw Problem(.unsupportedMediaType, .unsupportedType)
        }
    }
}
