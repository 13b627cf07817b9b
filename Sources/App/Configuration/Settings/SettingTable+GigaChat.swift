extension SettingTable {
    static let gigachat = SettingGroup("GigaChat", file: .gigachat, dryrun + cloud + models + mutualTLS + limits)

    private static let dryrun = [
        Setting(
            "GIGACHAT_RUN_MODE", \.gigachat.runMode, .choice, key: "run_mode",
            "Where GigaChat's answers come from; dryrun calls nobody and answers with what it was given."),
        Setting(
            "DRYRUN_DELAY_MS", \.gigachat.dryrunDelay, .milliseconds(0...600_000), key: "dryrun_delay_ms",
            "How long the dry run takes for one answer."),
        Setting(
            "DRYRUN_SCRIPT", \.gigachat.dryrunScript, .optional(.dryrunScript), key: "dryrun_script",
            "What the dry run does on each try of a job, such as 429:retry-after=2,500,slow:delay=3000,ok."),
    ]

    private static let cloud = [
        Setting(
            "GIGACHAT_CREDENTIALS", \.gigachat.credentials, .optional(.secret),
            "The authorization key of the cloud mode."),
        Setting(
            "GIGACHAT_AUTH_SCHEME", \.gigachat.authScheme, .choice, key: "auth_scheme",
            "The word before that key where a token is asked for."),
        Setting(
            "GIGACHAT_USER", \.gigachat.user, .optional(.text(upTo: 128)), key: "user",
            "The user of a stand of its own in the cloud mode, where there is no authorization key."),
        Setting("GIGACHAT_PASSWORD", \.gigachat.password, .optional(.secret), "That user's password."),
        Setting(
            "GIGACHAT_BASE_URL", \.gigachat.baseURL, .url, key: "base_url",
            "The address of the model's API; the mtls mode needs its own."),
        Setting(
            "GIGACHAT_AUTH_URL", \.gigachat.authURL, .url, key: "auth_url",
            "The address that gives access tokens in the cloud mode."),
        Setting(
            "GIGACHAT_SCOPE", \.gigachat.scope, .text(upTo: 64), key: "scope",
            "The API version to ask a token for: GIGACHAT_API_PERS, GIGACHAT_API_B2B or GIGACHAT_API_CORP."),
        Setting(
            "GIGACHAT_VERIFY_SSL", \.gigachat.verifiesCertificates, .flag, key: "verify_ssl",
            "Whether the server's certificate must be signed by a trusted authority."),
        Setting(
            "GIGACHAT_CA_BUNDLE_FILE", \.gigachat.authorities, .optional(.path), key: "ca_bundle_file",
            "A PEM file of authorities to trust in place of the system's own."),
    ]

    private static let models = [
        Setting(
            "GIGACHAT_MODEL", \.gigachat.model, .text(upTo: 128), key: "model",
            "The model, where the next two do not say otherwise."),
        Setting(
            "GIGACHAT_GENERATE_MODEL", \.gigachat.generateModel, .optional(.text(upTo: 128)), key: "generate_model",
            "The model that does jobs and answers conversations."),
        Setting(
            "GIGACHAT_CLASSIFY_MODEL", \.gigachat.classifyModel, .optional(.text(upTo: 128)), key: "classify_model",
            "The model that classifies."),
        Setting(
            "GIGACHAT_EMBED_MODEL", \.gigachat.embedModel, .text(upTo: 128), key: "embed_model",
            "The model that turns texts into vectors."),
    ]

    private static let mutualTLS = [
        Setting(
            "GIGACHAT_MTLS_CA_BUNDLE_FILE", \.gigachat.mutualTLS.authorities, .optional(.path),
            key: "mtls.ca_bundle_file", "The same as GIGACHAT_CA_BUNDLE_FILE, for the mtls mode only."),
        Setting(
            "GIGACHAT_MTLS_CERT_FILE", \.gigachat.mutualTLS.certificate, .optional(.path), key: "mtls.cert_file",
            "Our certificate in PEM for the mtls mode."),
        Setting(
            "GIGACHAT_MTLS_KEY_FILE", \.gigachat.mutualTLS.key, .optional(.path), key: "mtls.key_file",
            "The certificate's private key in PEM."),
        Setting(
            "GIGACHAT_MTLS_KEY_FILE_PASSWORD", \.gigachat.mutualTLS.keyPassword, .optional(.secret),
            "The private key's password."),
    ]

    private static let limits = [
        Setting(
            "GIGACHAT_MAX_REQUESTS_PER_MINUTE", \.gigachat.maxRequestsPerMinute, .wholeNumber(1...1_000_000),
            key: "max_requests_per_minute", "Calls a minute."),
        Setting(
            "GIGACHAT_MAX_CONCURRENT", \.gigachat.maxConcurrent, .wholeNumber(0...1_000), key: "max_concurrent",
            "Calls at a time; 0 stands for what accounts have: 1 with GIGACHAT_API_PERS, else 10."),
        Setting(
            "GIGACHAT_MAX_TOKENS_PER_REQUEST", \.gigachat.maxTokensPerRequest, .wholeNumber(1...10_000_000),
            key: "max_tokens_per_request", "Tokens that a question may have, and as many again its answer."),
        Setting(
            "GIGACHAT_MAX_RETRIES", \.gigachat.maxRetries, .wholeNumber(0...100), key: "max_retries",
            "Further tries of a job that failed for a passing reason."),
    ]
}
