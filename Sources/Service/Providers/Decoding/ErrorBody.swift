import Domain
import JSON

/// What the body of an error says, in whichever form: GigaChat's `{status, message}`, its OAuth's `{code, message}`,
/// OpenAI's `{error: {…}}`, Mistral's `detail`, DashScope's `{code, message, request_id}`, Google's, also in a list, or
/// a page in HTML.
struct ErrorBody: Equatable {
    /// The words, on one line, cut to four times what a failure may hold, so that a secret in them is still whole when
    /// it is taken out; empty for an empty body.
    var detail = ""
    /// The code, as text.
    var code: String?
    /// The status, where GigaChat repeats it.
    var status: Int?
    /// Google's reason: `API_KEY_INVALID`.
    var reason: String?
    /// Google's wish to be left alone.
    var retryDelay: Duration?
    /// Whether Google says that the day's or a plan's quota is used up, not the minute's.
    var isDailyQuota = false
    /// The provider's name for the call.
    var requestID: String?

    /// More than this of a page is not looked at.
    private static let readBytes = 16 << 10

    /// Reads a body; none is too odd.
    init(_ body: [UInt8]) {
        guard let value = Self.value(body) else {
            detail = Self.line(Self.withoutTags(String(decoding: body.prefix(Self.readBytes), as: UTF8.self)))
            return
        }
        let outer = value[0] ?? value
        let error = outer["error"].flatMap { $0.objectValue == nil ? nil : $0 } ?? outer
        code = Self.text(error["code"]) ?? Self.text(error["type"])
        status = error["status"]?.intValue
        requestID = outer["request_id"]?.stringValue ?? outer["id"]?.stringValue
        detail = Self.line(Self.words(error, outer))
        for item in error["details"]?.arrayValue ?? [] { read(googleDetail: item) }
    }

    private static func value(_ body: [UInt8]) -> JSONValue? {
        do throws(AnswerFault) {
            let value = try AnswerReader.value(body)
            return value.objectValue != nil || value.arrayValue?.isEmpty == false ? value : nil
        } catch {
            return nil
        }
    }

    private static func words(_ error: JSONValue, _ outer: JSONValue) -> String {
        let candidates = [
            error["message"], error["error_description"], error["detail"], outer["error_description"], outer["error"],
        ]
        guard let found = candidates.compactMap(\.self).first(where: { !$0.isNull }) else { return outer.description }
        return found.stringValue ?? found["detail"]?.description ?? found.description
    }

    private mutating func read(googleDetail item: JSONValue) {
        let type = item["@type"]?.stringValue ?? ""
        if let word = item["reason"]?.stringValue { reason = word }
        if let delay = item["retryDelay"]?.stringValue { retryDelay = RetryAfter.readGoogle(delay) }
        if type.hasSuffix("QuotaFailure") {
            isDailyQuota = item.description.utf8.lowercasedContains("perday")
        }
    }

    private static func text(_ value: JSONValue?) -> String? {
        value?.stringValue ?? value?.intValue.map { String($0) }
    }

    private static func withoutTags(_ page: String) -> String {
        var isTag = false
        return String(
            page.map { character -> Character in
                if character == "<" { isTag = true }
                defer { if character == ">" { isTag = false } }
                return isTag ? " " : character
            })
    }

    /// One line without control characters and repeated blanks.
    private static func line(_ text: String) -> String {
        let words = text.unicodeScalars.split { $0.value < 0x21 || $0.value == 0x7F || $0.properties.isWhitespace }
        return String(words.map { String($0) }.joined(separator: " ").prefix(4 * ModelFailure.maximumDetailLength))
    }
}

extension String.UTF8View {
    /// Whether `word`, in lower case, stands in the text, whatever the case of ASCII letters there.
    func lowercasedContains(_ word: String) -> Bool {
        String(decoding: map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self).contains(word)
    }
}
