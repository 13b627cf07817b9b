import Providers

/// What must hold between the settings of models.
extension ConfigurationChecks {
    mutating func checkGigaChat() {
        let gigachat = configuration.gigachat
        let mode = "GIGACHAT_RUN_MODE"
        let who = ["GIGACHAT_CREDENTIALS", "GIGACHAT_USER", "GIGACHAT_PASSWORD"]
        refuse(gigachat.runMode == .cloud && gigachat.login == nil, [mode] + who) {
            "cloud needs GIGACHAT_CREDENTIALS, or GIGACHAT_USER and GIGACHAT_PASSWORD"
        }
        checkUser()
        let isMutual = gigachat.runMode == .mtls
        refuse(isMutual && gigachat.mutualTLS.certificate == nil, [mode, "GIGACHAT_MTLS_CERT_FILE"]) {
            "mtls needs GIGACHAT_MTLS_CERT_FILE"
        }
        refuse(isMutual && gigachat.mutualTLS.key == nil, [mode, "GIGACHAT_MTLS_KEY_FILE"]) {
            "mtls needs GIGACHAT_MTLS_KEY_FILE"
        }
        let isUsualAddress = gigachat.baseURL == Configuration.GigaChat().baseURL
        refuse(isMutual && isUsualAddress, [mode, "GIGACHAT_BASE_URL"]) {
            "mtls needs GIGACHAT_BASE_URL, since the usual address is the cloud's"
        }
        warn(!gigachat.verifiesCertificates && gigachat.runMode != .dryrun, ["GIGACHAT_VERIFY_SSL", mode]) {
            "GIGACHAT_VERIFY_SSL: the server's certificate is not checked, so anybody on the way can read the key"
        }
    }

    /// Users and passwords are for stands of their own: the public address would get a password that is not its.
    private mutating func checkUser() {
        let gigachat = configuration.gigachat
        refuse(gigachat.user?.contains(":") == true, ["GIGACHAT_USER"]) { "must not hold a colon" }
        let asksAsUser = gigachat.runMode == .cloud && gigachat.credentials == nil && gigachat.user != nil
        let isUsualAddress = gigachat.baseURL == Configuration.GigaChat().baseURL
        refuse(asksAsUser && isUsualAddress, ["GIGACHAT_USER", "GIGACHAT_BASE_URL", "GIGACHAT_CREDENTIALS"]) {
            "needs GIGACHAT_BASE_URL, since only stands of their own have users"
        }
    }

    mutating func checkModels() {
        let models = configuration.models
        refuse(
            Configuration.takenProviderNames.contains(models.compatible.name), ["OPENAI_COMPATIBLE_NAME"]
        ) {
            "\(models.compatible.name) is the name of another provider"
        }
        checkTier("MODEL_TIER_CHEAP", models.cheap)
        checkTier("MODEL_TIER_EXPENSIVE", models.expensive)
        warn(models.logsPrompts, ["LOG_PROMPTS"]) { "LOG_PROMPTS: what users ask goes to the log" }
        warn(models.keepsTexts, ["AUDIT_TEXTS"]) { "AUDIT_TEXTS: what users ask goes to the database once more" }
    }

    private mutating func checkTier(_ name: String, _ choices: [ModelChoice]) {
        let providers = configuration.providerNames
        guard let missing = choices.first(where: { !providers.contains($0.provider) }) else { return }
        refuse(true, [name] + Self.providerSettings) {
            "\(missing.provider) is not configured; configured: \(providers.joined(separator: ", "))"
        }
    }

    /// A fault in one of them leaves open who is configured.
    private static let providerSettings = [
        "GIGACHAT_RUN_MODE", "MISTRAL_API_KEY", "GEMINI_API_KEY", "DEEPSEEK_API_KEY", "DASHSCOPE_API_KEY",
        "QWEN_OAUTH_PATH",
        "OPENAI_COMPATIBLE_BASE_URL", "OPENAI_COMPATIBLE_NAME",
    ]
}
