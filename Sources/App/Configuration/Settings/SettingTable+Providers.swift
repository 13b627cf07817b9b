extension SettingTable {
    static let providers = SettingGroup(
        "Other models",
        [
            .reserved("MISTRAL_API_KEY", .secret, "The key for Mistral."),
            .reserved("MISTRAL_BASE_URL", .url, "The address of Mistral's API."),
            .reserved("GEMINI_API_KEY", .secret, "The key for Gemini."),
            .reserved("GEMINI_BASE_URL", .url, "The address of Gemini's API."),
            .reserved("DEEPSEEK_API_KEY", .secret, "The key for DeepSeek."),
            .reserved("DEEPSEEK_ENDPOINT", .url, "The full address of DeepSeek's chat route."),
            .reserved("DEEPSEEK_BASE_URL", .url, "The address of DeepSeek's API."),
            .reserved("QWEN_OAUTH_PATH", .path, "The file with Qwen's OAuth tokens."),
            .reserved("QWEN_BASE_URL", .url, "The address of Qwen's API."),
            .reserved("DASHSCOPE_API_KEY", .secret, "The key for DashScope."),
            .reserved("DASHSCOPE_BASE_URL", .url, "The address of DashScope's API."),
        ]
    )
}
