/// Whose ways the fake has.
public enum FakePersonality: String, Sendable, CaseIterable {
    /// GigaChat's API v1.
    case gigachat
    /// Mistral's.
    case mistral
    /// DeepSeek's.
    case deepseek
    /// Gemini's in OpenAI's form.
    case gemini = "gemini-openai"
    /// Qwen's: DashScope in OpenAI's form, and the renewal of Qwen's OAuth tokens on the listener for authorisation.
    case qwen

    /// Nil for GigaChat, whose answers are not made from OpenAI's.
    var dialect: (any FakeDialect)? {
        switch self {
        case .gigachat: nil
        case .mistral: FakeMistral()
        case .deepseek: FakeDeepSeek()
        case .gemini: FakeGemini()
        case .qwen: FakeQwen()
        }
    }

    /// What stands before `chat/completions` in a path; the first one is told to clients.
    var bases: [String] {
        switch self {
        case .gigachat: ["/api/v1/", "/v1/"]
        case .mistral: ["/v1/"]
        case .deepseek: ["/", "/v1/"]
        case .gemini: ["/v1beta/openai/"]
        case .qwen: ["/compatible-mode/v1/", "/v1/"]
        }
    }

    /// Where tokens are given out.
    var tokenPath: String { self == .qwen ? "/api/v1/oauth2/token" : "/api/v2/oauth" }
}
