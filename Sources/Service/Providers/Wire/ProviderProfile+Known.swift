import Domain
import HTTPClient
import JSON

/// The providers that we know, each as it differs from OpenAI.
extension ProviderProfile {
    /// Any service that speaks OpenAI's form.
    public static func openAICompatible(name: String) -> ProviderProfile {
        ProviderProfile(name: name, body: OpenAIRequest().body)
    }

    /// Mistral: refuses unknown fields, calls the seed `random_seed`, wants call ids of nine letters and digits.
    public static let mistral = {
        var dialect = OpenAIRequest()
        dialect.seedField = "random_seed"
        dialect.asksForUsage = false
        dialect.toolCallID = ToolCallID.nineCharacters
        dialect.anyToolWord = "any"
        var profile = ProviderProfile(name: "mistral", body: dialect.body)
        profile.abilities = { model in
            let abilities = model["capabilities"]
            if abilities?["completion_chat"]?.boolValue == true {
                let tools = abilities?["function_calling"]?.boolValue != false
                return tools ? [.chat, .streaming, .tools, .jsonSchema] : [.chat, .streaming]
            }
            return model["id"]?.stringValue?.contains("embed") == true ? .embeddings : nil
        }
        return profile
    }()

    /// DeepSeek: has no embeddings and no JSON of a prescribed shape.
    public static let deepseek = {
        var dialect = OpenAIRequest()
        dialect.schemaBecomesObject = true
        return ProviderProfile(
            name: "deepseek", capabilities: [.chat, .streaming, .tools], body: dialect.body)
    }()

    /// Gemini in its OpenAI form: lists names with a prefix, knows no seed and no penalties.
    public static let gemini = {
        var dialect = OpenAIRequest()
        dialect.seedField = nil
        dialect.knowsPenalties = false
        var profile = ProviderProfile(name: "gemini", body: dialect.body)
        profile.listedPrefix = "models/"
        profile.abilities = { model in
            model["id"]?.stringValue?.contains("embedding") == true
                ? .embeddings : [.chat, .streaming, .tools, .jsonSchema]
        }
        return profile
    }()

    /// Qwen with the login of Qwen Code. Its listing is not to be relied on, so what it is known to have is listed, and
    /// `model` where that is another one.
    public static func qwenOAuth(model: String?) -> ProviderProfile {
        var profile = openAICompatible(name: QwenOAuth.provider)
        profile.headers = ["X-DashScope-AuthType": "qwen-oauth", "X-DashScope-CacheControl": "enable"]
        profile.capabilities = [.chat, .streaming, .tools, .jsonSchema]
        profile.abilities = { _ in [.chat, .streaming, .tools, .jsonSchema] }
        profile.refreshStatuses = [401, 403]
        profile.refreshWords = ["access token", "invalid_token", "token expired", "token has expired"]
        let known = ["qwen3-coder-plus", "qwen3-coder-flash", "coder-model"]
        profile.fixedModels = known + (model.map { known.contains($0) ? [] : [$0] } ?? [])
        return profile
    }

    /// Where calls with the login of Qwen Code go, where the login does not say.
    public static let qwenOAuthBaseURL = QwenAddress.usual

    /// Qwen by DashScope's OpenAI-compatible address.
    public static let dashscope = {
        var profile = openAICompatible(name: "qwen")
        profile.headers = ["X-DashScope-CacheControl": "enable"]
        return profile
    }()
}
