import JSON

extension PromptExample {
    /// Whether a response is what categories with tables are to answer with: a JSON array of arrays.
    public static func isTable(_ response: String) -> Bool {
        do throws(JSONParseError) {
            guard case .array(let rows) = try JSONParser().parse(response) else { return false }
            return rows.allSatisfy { if case .array = $0 { true } else { false } }
        } catch {
            return false
        }
    }
}
