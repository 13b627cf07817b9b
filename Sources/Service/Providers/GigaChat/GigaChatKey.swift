/// What can be told of an authorization key before it is used.
enum GigaChatKey {
    /// Whether the text is a token of access rather than a key: three (JWT) or five (JWE) parts with dots between them.
    /// A key is base64 and has no dot.
    static func isAccessToken(_ key: String) -> Bool {
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        // The second part of a JWE is empty where the key is agreed on directly.
        return (parts.count == 3 || parts.count == 5) && parts[0].utf8.count >= 4
    }

    /// What to do about a refusal.
    static func hint(status: Int, code: String?, key: String) -> String? {
        if isAccessToken(key) {
            return "the key looks like a token of access; put in the authorization key of the account, which is base64"
        }
        switch code {
        case "1": return "the scope is not written as GigaChat knows it: GIGACHAT_API_PERS, _B2B or _CORP"
        case "4": return "the authorization key is damaged: copy it from the account as it is, do not encode it again"
        case "5": return "the scope is empty: set GIGACHAT_API_PERS, _B2B or _CORP"
        case "6": return "the authorization key is wrong or withdrawn: make a new one in the account"
        case "7": return "the key belongs to another scope: PERS is for persons, B2B and CORP for companies"
        default: return status == 401 ? "the authorization key is not taken: compare it with the account's" : nil
        }
    }
}
