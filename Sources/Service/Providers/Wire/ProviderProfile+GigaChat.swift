import Domain
import JSON

extension ProviderProfile {
    /// GigaChat's API v1 (developers.sber.ru, /gigachat/api/reference). Its answers are near enough to OpenAI's; its
    /// questions are not.
    public static func gigachat() -> ProviderProfile {
        var profile = ProviderProfile(
            name: "gigachat",
            capabilities: [.chat, .streaming, .tools, .jsonSchema, .embeddings, .files],
            body: GigaChatRequest.body)
        profile.sessionHeader = "X-Session-ID"
        // A listing without types has models that chat only.
        profile.abilities = { model in
            switch model["type"]?.stringValue ?? "chat" {
            case "chat": [.chat, .streaming, .tools, .jsonSchema]
            case "embedder": .embeddings
            default: nil
            }
        }
        return profile
    }
}
