extension SettingTable {
    static let gigachat = SettingGroup("GigaChat", file: .gigachat, dryrun + cloud + mutualTLS + limits)

    private static let dryrun = [
        Setting(
            "GIGACHAT_RUN_MODE", \.gigachat.runMode, .choice, key: "run_mode",
            "Where answers come from; this version has only dryrun, which calls no model."),
        Setting(
            "DRYRUN_DELAY_MS", \.gigachat.dryrunDelay, .milliseconds(0...600_000), key: "dryrun_delay_ms",
            "How long the dry run takes for one answer."),
        Setting(
            "DRYRUN_SCRIPT", \.gigachat.dryrunScript, .optional(.dryrunScript), key: "dryrun_script",
            "What the dry run does on each try of a job, such as 429:retry-after=2,500,slow:delay=3000,ok."),
    ]

    private static let cloud: [Setting] = [
        .reserved("GIGACHAT_CREDENTIALS", .secret, "The authorization key of the cloud mode."),
        .reserved(
            "GIGACHAT_BASE_URL", .url, default: "https://gigachat.devices.sberbank.ru/api/v1", key: "base_url",
            "The address of the model's API."),
        .reserved(
            "GIGACHAT_AUTH_URL", .url, default: "https://ngw.devices.sberbank.ru:9443/api/v2/oauth", key: "auth_url",
            "The address that gives access tokens."),
        .reserved(
            "GIGACHAT_SCOPE", .text(upTo: 64), default: "GIGACHAT_API_PERS", key: "scope",
            "The API version to ask a token for."),
        .reserved(
            "GIGACHAT_MODEL", .text(upTo: 128), default: "GigaChat", key: "model",
            "The model, where the next two do not say otherwise."),
        .reserved("GIGACHAT_GENERATE_MODEL", .text(upTo: 128), key: "generate_model", "The model that does jobs."),
        .reserved("GIGACHAT_CLASSIFY_MODEL", .text(upTo: 128), key: "classify_model", "The model that classifies."),
        .reserved(
            "GIGACHAT_VERIFY_SSL", .flag, default: true, key: "verify_ssl",
            "Whether the server's certificate must be signed by a trusted authority."),
    ]

    private static let mutualTLS: [Setting] = [
        .reserved(
            "GIGACHAT_MTLS_CA_BUNDLE_FILE", .path, key: "mtls.ca_bundle_file",
            "A PEM file of trusted authorities for the mtls mode."),
        .reserved("GIGACHAT_MTLS_CERT_FILE", .path, key: "mtls.cert_file", "Our certificate in PEM for the mtls mode."),
        .reserved("GIGACHAT_MTLS_KEY_FILE", .path, key: "mtls.key_file", "The certificate's private key in PEM."),
        .reserved("GIGACHAT_MTLS_KEY_FILE_PASSWORD", .secret, "The private key's password."),
    ]

    private static let limits: [Setting] = [
        .reserved(
            "GIGACHAT_MAX_REQUESTS_PER_MINUTE", .wholeNumber(1...1_000_000), default: 20,
            key: "max_requests_per_minute", "Calls a minute over all instances."),
        .reserved(
            "GIGACHAT_MAX_TOKENS_PER_REQUEST", .wholeNumber(1...10_000_000), default: 8_192,
            key: "max_tokens_per_request", "Tokens that one answer may take."),
        Setting(
            "GIGACHAT_MAX_RETRIES", \.gigachat.maxRetries, .wholeNumber(0...100), key: "max_retries",
            "Further tries of a job that failed for a passing reason."),
    ]
}
