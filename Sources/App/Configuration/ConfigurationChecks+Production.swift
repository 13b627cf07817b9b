/// What a service that others rely on must not be run with.
extension ConfigurationChecks {
    /// Shorter ones can be guessed by trying.
    private static let minimumAdminKeyBytes = 24
    private static let minimumPasswordBytes = 8
    private static let commonPasswords: Set<String> = [
        "password", "postgres", "gigaoffice", "changeme", "12345678", "123456789", "administrator", "qwertyui",
    ]

    mutating func checkProduction() {
        guard configuration.deployment == .production else { return }
        let access = configuration.access
        refuse(!access.keysRequired, ["API_KEYS_REQUIRED", "APP_ENV"]) { "must be true with APP_ENV=production" }
        let adminKeyBytes = access.adminKey?.reveal().utf8.count ?? Self.minimumAdminKeyBytes
        refuse(adminKeyBytes < Self.minimumAdminKeyBytes, ["ADMIN_API_KEY", "APP_ENV"]) {
            "must have \(Self.minimumAdminKeyBytes) bytes or more with APP_ENV=production"
        }
        checkDatabaseInProduction()
        let gigachat = configuration.gigachat
        refuse(
            gigachat.runMode != .dryrun && !gigachat.verifiesCertificates,
            ["GIGACHAT_VERIFY_SSL", "GIGACHAT_RUN_MODE", "APP_ENV"]
        ) { "must be true with APP_ENV=production" }
        checkKafkaInProduction()
        refuse(configuration.models.logsPrompts, ["LOG_PROMPTS", "APP_ENV"]) {
            "must be false with APP_ENV=production: the log is no place for what people ask"
        }
        warn(gigachat.runMode == .dryrun, ["GIGACHAT_RUN_MODE"]) {
            "GIGACHAT_RUN_MODE: dryrun calls no model, and APP_ENV is production"
        }
    }

    private mutating func checkKafkaInProduction() {
        let kafka = configuration.kafka
        refuse(
            kafka.tls.isOn && !(kafka.tls.verifiesCertificates && kafka.tls.checksHostName),
            ["KAFKA_SSL_VERIFY_CERTIFICATES", "KAFKA_SSL_CHECK_HOSTNAME", "KAFKA_USE_SSL", "APP_ENV"]
        ) { "must be true with APP_ENV=production, and KAFKA_SSL_CHECK_HOSTNAME as well" }
        refuse(
            kafka.sasl.mechanism == .plain && !kafka.tls.isOn && !kafka.usesEmbeddedBroker,
            ["KAFKA_USE_SSL", "KAFKA_SASL_MECHANISM", "APP_ENV"]
        ) { "must be true with APP_ENV=production: KAFKA_SASL_MECHANISM=PLAIN sends the password as it is" }
    }

    private mutating func checkDatabaseInProduction() {
        let database = configuration.database
        if let password = database.password?.reveal() {
            let isWeak =
                password.utf8.count < Self.minimumPasswordBytes || password == database.user
                || Self.commonPasswords.contains(password.lowercased())
            refuse(isWeak, ["DB_PASSWORD", "DB_USER", "APP_ENV"]) {
                "is easy to guess; APP_ENV=production asks for \(Self.minimumPasswordBytes) bytes or more, and none of "
                    + "the usual ones"
            }
        }
        let host = database.host
        let isHere = host.hasPrefix("/") || host == "localhost" || host == "::1" || host.hasPrefix("127.")
        refuse(!isHere && database.tls == .disable, ["DB_SSLMODE", "DB_HOST", "APP_ENV"]) {
            "must not be disable with APP_ENV=production and a database on another machine"
        }
    }
}
