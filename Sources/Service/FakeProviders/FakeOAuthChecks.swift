/// What GigaChat refuses when a token is asked for. Rows marked "guess" have a plausible status that was not seen.
struct FakeOAuthChecks {
    let settings: FakeSettings
    private static let scopes = ["GIGACHAT_API_PERS", "GIGACHAT_API_B2B", "GIGACHAT_API_CORP"]

    /// The refusal, or nil when a token is due.
    func refusal(of request: FakeRequest) -> FakeReply? {
        // Guess: the code and the text.
        guard let id = request.field("RqUID"), Self.isUUID(id) else {
            return .oauthError(400, code: 2, "RqUID is missing or not a UUID")
        }
        return keyRefusal(request.field("Authorization")) ?? scopeRefusal(of: request)
    }

    /// `Basic` and, where the settings say so, `Bearer`.
    private func keyRefusal(_ field: String?) -> FakeReply? {
        let words = (field ?? "").split(separator: " ")
        let schemes = settings.acceptsBearer ? ["basic", "bearer"] : ["basic"]
        guard words.count == 2, schemes.contains(words[0].lowercased()), Self.isBase64(words[1]) else {
            return .oauthError(400, code: 4, "Can't decode 'Authorization' header")
        }
        guard words[1] == settings.credentials else {
            return .oauthError(401, code: 6, "credentials doesn't match db data")
        }
        return nil
    }

    private func scopeRefusal(of request: FakeRequest) -> FakeReply? {
        let type = (request.field("Content-Type") ?? "").lowercased()
        // Guess: a JSON body counts as none.
        guard !type.hasPrefix("application/json"), let scope = request.formValue("scope"), !scope.isEmpty else {
            return .oauthError(400, code: 5, "scope is empty")
        }
        guard Self.scopes.contains(scope) else { return .oauthError(400, code: 1, "scope data format invalid") }
        guard scope == settings.scope else {
            return .oauthError(400, code: 7, "scope from db not fully includes consumed scope")
        }
        return nil
    }

    static func isUUID(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }

    static func isBase64(_ text: Substring) -> Bool {
        let body = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }
        let isAlphabet = body.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                true
            default: false
            }
        }
        return isAlphabet && !body.isEmpty && text.utf8.count.isMultiple(of: 4)
    }
}
