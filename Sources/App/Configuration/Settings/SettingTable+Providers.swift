extension SettingTable {
    static let providers = SettingGroup("Other models", mistral + gemini + deepseek + qwen + dashscope + compatible)

    private static let mistral =
        [
            Setting("MISTRAL_API_KEY", \.models.mistral.key, .optional(.secret), "The key for Mistral."),
            Setting("MISTRAL_BASE_URL", \.models.mistral.baseURL, .url, "The address of Mistral's API."),
            Setting("MISTRAL_MODEL", \.models.mistral.model, .optional(.text(upTo: 128)), meaning(of: "Mistral")),
        ] + limits("MISTRAL", \.models.mistral.limits.concurrent, \.models.mistral.limits.perMinute)

    private static let gemini =
        [
            Setting("GEMINI_API_KEY", \.models.gemini.key, .optional(.secret), "The key for Gemini."),
            Setting(
                "GEMINI_BASE_URL", \.models.gemini.baseURL, .url, "The address of Gemini's API in OpenAI's form."),
            Setting("GEMINI_MODEL", \.models.gemini.model, .optional(.text(upTo: 128)), meaning(of: "Gemini")),
        ] + limits("GEMINI", \.models.gemini.limits.concurrent, \.models.gemini.limits.perMinute)

    private static let deepseek =
        [
            Setting("DEEPSEEK_API_KEY", \.models.deepseek.key, .optional(.secret), "The key for DeepSeek."),
            Setting(
                "DEEPSEEK_ENDPOINT", \.models.deepseekEndpoint, .optional(.url),
                "The full address of DeepSeek's chat route; counts more than DEEPSEEK_BASE_URL."),
            Setting("DEEPSEEK_BASE_URL", \.models.deepseek.baseURL, .url, "The address of DeepSeek's API."),
            Setting("DEEPSEEK_MODEL", \.models.deepseek.model, .optional(.text(upTo: 128)), meaning(of: "DeepSeek")),
        ] + limits("DEEPSEEK", \.models.deepseek.limits.concurrent, \.models.deepseek.limits.perMinute)

    private static let qwen =
        [
            Setting(
                "QWEN_OAUTH_PATH", \.models.qwen.credentials, .optional(.path),
                "The file in which Qwen Code keeps its login, such as ~/.qwen/oauth_creds.json; it is written, too."),
            Setting(
                "QWEN_AUTH_URL", \.models.qwen.authURL, .url, "The address that renews the tokens of that login."),
            Setting(
                "QWEN_BASE_URL", \.models.qwen.baseURL, .optional(.url),
                "The address of Qwen's API with that login, in place of the one that the login names."),
            Setting(
                "QWEN_MODEL", \.models.qwen.model, .optional(.text(upTo: 128)), meaning(of: "Qwen with that login")),
        ] + limits("QWEN", \.models.qwen.limits.concurrent, \.models.qwen.limits.perMinute)

    private static let dashscope =
        [
            Setting("DASHSCOPE_API_KEY", \.models.dashscope.key, .optional(.secret), "The key for Qwen by DashScope."),
            Setting(
                "DASHSCOPE_BASE_URL", \.models.dashscope.baseURL, .url,
                "The address of DashScope's API in OpenAI's form."),
            Setting("DASHSCOPE_MODEL", \.models.dashscope.model, .optional(.text(upTo: 128)), meaning(of: "Qwen")),
        ] + limits("DASHSCOPE", \.models.dashscope.limits.concurrent, \.models.dashscope.limits.perMinute)

    private static let compatible =
        [
            Setting(
                "OPENAI_COMPATIBLE_BASE_URL", \.models.compatible.baseURL, .optional(.url),
                "The address of any further service that speaks OpenAI's form, its version part included."),
            Setting(
                "OPENAI_COMPATIBLE_API_KEY", \.models.compatible.key, .optional(.secret),
                "The key for that service, where it asks for one."),
            Setting(
                "OPENAI_COMPATIBLE_NAME", \.models.compatible.name, .providerName, "What routes and results call it."),
            Setting(
                "OPENAI_COMPATIBLE_MODEL", \.models.compatible.model, .optional(.text(upTo: 128)),
                meaning(of: "that service")),
        ] + limits("OPENAI_COMPATIBLE", \.models.compatible.limits.concurrent, \.models.compatible.limits.perMinute)

    private static func meaning(of provider: String) -> String {
        "The model of \(provider) to ask after GigaChat where no tier says otherwise; without one, none."
    }

    private static func limits(
        _ prefix: String, _ concurrent: any WritableKeyPath<Configuration, Int> & Sendable,
        _ perMinute: any WritableKeyPath<Configuration, Int> & Sendable
    ) -> [Setting] {
        [
            Setting(
                "\(prefix)_MAX_CONCURRENT", concurrent, .wholeNumber(0...1_000),
                "Calls at a time over all instances; 0 for no limit."),
            Setting(
                "\(prefix)_MAX_REQUESTS_PER_MINUTE", perMinute, .wholeNumber(0...1_000_000),
                "Calls a minute over all instances; 0 for no limit."),
        ]
    }

    static let routing = SettingGroup(
        "Which model is asked",
        [
            Setting(
                "MODEL_TIER_CHEAP", \.models.cheap, .models,
                "The models for small work, the first choice first, such as gigachat/GigaChat-2."),
            Setting(
                "MODEL_TIER_EXPENSIVE", \.models.expensive, .models, "The models for work that deserves the best."),
            Setting(
                "MODEL_STAGE_TIERS", \.models.stageTiers, .tiers,
                "The tiers of stages and of jobs' categories, where they are not the usual ones."),
            Setting(
                "MODEL_PRICES", \.models.prices, .prices,
                "What a million tokens cost, prompt and answer alike or with a colon between."),
            Setting(
                "MODEL_CURRENCY", \.models.currency, .text(upTo: 8),
                "What MODEL_PRICES are given in; kept with each cost."),
            Setting(
                "MODEL_CHOICE_ALLOWED", \.models.choiceIsAllowed, .flag,
                "Whether clients may name a model; otherwise only the routing chooses."),
            Setting(
                "LOG_PROMPTS", \.models.logsPrompts, .flag,
                "Whether questions to models go to the log, with all that users have written."),
            Setting(
                "AUDIT_TEXTS", \.models.keepsTexts, .flag,
                "Whether the records of model calls hold what was asked and answered, with all that users have written."
            ),
        ]
    )
}
