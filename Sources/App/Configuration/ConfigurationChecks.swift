/// What must hold between settings that are each right by themselves.
struct ConfigurationChecks {
    private(set) var faults: [ConfigurationFault] = []
    private(set) var warnings: [ConfigurationWarning] = []
    let configuration: Configuration
    private let faulty: Set<String>

    /// `faulty` names the settings whose value is a stand-in; what depends on one of them is not judged.
    init(_ configuration: Configuration, faulty: Set<String>) {
        self.configuration = configuration
        self.faulty = faulty
        checkProduction()
        checkExposure()
        checkLease()
        checkTopics()
        checkEncryption()
        checkAuthentication()
        checkUnusedKafkaSettings()
        checkGigaChat()
        checkModels()
    }

    private mutating func checkExposure() {
        let server = configuration.server
        warn(!server.isLoopback && !configuration.access.keysRequired, ["HOST", "API_KEYS_REQUIRED"]) {
            "HOST: other machines can reach \(server.host), and no API key is asked for"
        }
    }

    private mutating func checkLease() {
        let worker = configuration.worker
        refuse(worker.heartbeat * 2 >= worker.lease, ["JOB_HEARTBEAT_MS", "JOB_LEASE_MS"]) {
            "must be less than half of JOB_LEASE_MS (\(worker.lease)), but is \(worker.heartbeat)"
        }
    }

    private mutating func checkTopics() {
        let kafka = configuration.kafka
        let topics = [
            ("KAFKA_TOPIC_REQUESTS", kafka.requests.name),
            ("KAFKA_TOPIC_RESPONSES", kafka.responses.name),
            ("KAFKA_TOPIC_DLQ", kafka.deadLetters.name),
        ]
        for (index, later) in topics.enumerated() {
            for earlier in topics[..<index] {
                refuse(later.1 == earlier.1, [later.0, earlier.0]) { "must differ from \(earlier.0)" }
            }
        }
    }

    private mutating func checkEncryption() {
        let tls = configuration.kafka.tls
        refuse(tls.certificate != nil && tls.key == nil, ["KAFKA_SSL_CERTFILE", "KAFKA_SSL_KEYFILE"]) {
            "needs KAFKA_SSL_KEYFILE"
        }
        refuse(tls.key != nil && tls.certificate == nil, ["KAFKA_SSL_KEYFILE", "KAFKA_SSL_CERTFILE"]) {
            "needs KAFKA_SSL_CERTFILE"
        }
        refuse(tls.keyPassword != nil && tls.key == nil, ["KAFKA_SSL_PASSWORD", "KAFKA_SSL_KEYFILE"]) {
            "needs KAFKA_SSL_KEYFILE"
        }
    }

    private mutating func checkAuthentication() {
        let sasl = configuration.kafka.sasl
        refuse(sasl.user != nil && sasl.mechanism == nil, ["KAFKA_SASL_USERNAME", "KAFKA_SASL_MECHANISM"]) {
            "needs KAFKA_SASL_MECHANISM"
        }
        refuse(sasl.password != nil && sasl.mechanism == nil, ["KAFKA_SASL_PASSWORD", "KAFKA_SASL_MECHANISM"]) {
            "needs KAFKA_SASL_MECHANISM"
        }
        refuse(sasl.mechanism != nil && sasl.user == nil, ["KAFKA_SASL_MECHANISM", "KAFKA_SASL_USERNAME"]) {
            "needs KAFKA_SASL_USERNAME"
        }
        refuse(sasl.mechanism != nil && sasl.password == nil, ["KAFKA_SASL_MECHANISM", "KAFKA_SASL_PASSWORD"]) {
            "needs KAFKA_SASL_PASSWORD"
        }
    }

    private mutating func checkUnusedKafkaSettings() {
        let kafka = configuration.kafka
        let hasFiles = kafka.tls.authorities != nil || kafka.tls.certificate != nil
        warn(hasFiles && !kafka.tls.isOn, ["KAFKA_USE_SSL"]) {
            "KAFKA_SSL_* settings have no effect while KAFKA_USE_SSL is false"
        }
        warn(kafka.usesEmbeddedBroker && (kafka.tls.isOn || kafka.sasl.mechanism != nil), ["KAFKA_BOOTSTRAP_SERVERS"]) {
            "KAFKA_USE_SSL and KAFKA_SASL_* have no effect on the embedded broker; set KAFKA_BOOTSTRAP_SERVERS"
        }
    }

    /// Adds a fault of the first name when `isWrong`, unless one of the names already has one.
    mutating func refuse(_ isWrong: Bool, _ names: [String], _ problem: () -> String) {
        guard isWrong, let name = names.first, faulty.isDisjoint(with: names) else { return }
        faults.append(ConfigurationFault(name, problem()))
    }

    mutating func warn(_ isOdd: Bool, _ names: [String], _ sentence: () -> String) {
        guard isOdd, faulty.isDisjoint(with: names) else { return }
        warnings.append(ConfigurationWarning(sentence()))
    }
}
