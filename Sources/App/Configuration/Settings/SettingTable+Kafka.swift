extension SettingTable {
    static let kafka = SettingGroup(
        "Kafka", file: .kafka, kafkaCluster + kafkaTopics + kafkaEncryption + kafkaAuthentication)

    private static let kafkaCluster = [
        Setting(
            "KAFKA_BOOTSTRAP_SERVERS", \.kafka.servers, .servers, key: "bootstrap_servers",
            "The first brokers to ask, host:port with commas; without any, a broker runs inside the process."),
        Setting(
            "KAFKA_CONSUMER_GROUP", \.kafka.group, .text(upTo: 249), key: "consumer_group",
            "The consumer group of all workers."),
        Setting(
            "KAFKA_MAX_INLINE_BYTES", \.kafka.maxInlineBytes, .wholeNumber(1_024...1_000_000),
            key: "max_inline_bytes", "The longest input that rides in a message; a longer one stays in the database."),
    ]

    private static let kafkaTopics = [
        Setting(
            "KAFKA_TOPIC_REQUESTS", \.kafka.requests.name, .topic, key: "topics.requests.name",
            "The topic of jobs to do."),
        Setting(
            "KAFKA_TOPIC_REQUESTS_PARTITIONS", \.kafka.requests.partitions, .wholeNumber(1...1_000),
            key: "topics.requests.partitions", "Its partitions, where it has to be made."),
        Setting(
            "KAFKA_TOPIC_REQUESTS_REPLICATION", \.kafka.requests.replication, .wholeNumber(1...10),
            key: "topics.requests.replication", "Copies of each of its partitions, where it has to be made."),
        Setting(
            "KAFKA_TOPIC_RESPONSES", \.kafka.responses.name, .topic, key: "topics.responses.name",
            "The topic of finished jobs."),
        Setting(
            "KAFKA_TOPIC_RESPONSES_PARTITIONS", \.kafka.responses.partitions, .wholeNumber(1...1_000),
            key: "topics.responses.partitions", "Its partitions, where it has to be made."),
        Setting(
            "KAFKA_TOPIC_RESPONSES_REPLICATION", \.kafka.responses.replication, .wholeNumber(1...10),
            key: "topics.responses.replication", "Copies of each of its partitions, where it has to be made."),
        Setting(
            "KAFKA_TOPIC_DLQ", \.kafka.deadLetters.name, .topic, key: "topics.dlq.name",
            "The topic of messages that cannot be read."),
        Setting(
            "KAFKA_TOPIC_DLQ_PARTITIONS", \.kafka.deadLetters.partitions, .wholeNumber(1...1_000),
            key: "topics.dlq.partitions", "Its partitions, where it has to be made."),
        Setting(
            "KAFKA_TOPIC_DLQ_REPLICATION", \.kafka.deadLetters.replication, .wholeNumber(1...10),
            key: "topics.dlq.replication", "Copies of each of its partitions, where it has to be made."),
    ]

    private static let kafkaEncryption = [
        Setting("KAFKA_USE_SSL", \.kafka.tls.isOn, .flag, key: "ssl.enabled", "Whether connections are encrypted."),
        Setting(
            "KAFKA_SSL_CAFILE", \.kafka.tls.authorities, .optional(.path), key: "ssl.cafile",
            "A PEM file of trusted authorities; without one, the system's own."),
        Setting(
            "KAFKA_SSL_CERTFILE", \.kafka.tls.certificate, .optional(.path), key: "ssl.certfile",
            "Our certificate in PEM, where the brokers ask for one."),
        Setting(
            "KAFKA_SSL_KEYFILE", \.kafka.tls.key, .optional(.path), key: "ssl.keyfile",
            "The certificate's private key in PEM."),
        Setting("KAFKA_SSL_PASSWORD", \.kafka.tls.keyPassword, .optional(.secret), "The private key's password."),
        Setting(
            "KAFKA_SSL_VERIFY_CERTIFICATES", \.kafka.tls.verifiesCertificates, .flag, key: "ssl.verify_certificates",
            "Whether a broker's certificate must be signed by a trusted authority."),
        Setting(
            "KAFKA_SSL_CHECK_HOSTNAME", \.kafka.tls.checksHostName, .flag, key: "ssl.check_hostname",
            "Whether a broker's certificate must name its host."),
    ]

    private static let kafkaAuthentication = [
        Setting(
            "KAFKA_SASL_MECHANISM", \.kafka.sasl.mechanism, .optional(.choice), key: "sasl.mechanism",
            "How to log in to the brokers; without one, not at all."),
        Setting(
            "KAFKA_SASL_USERNAME", \.kafka.sasl.user, .optional(.text(upTo: 255)), key: "sasl.username",
            "The user to log in as."),
        Setting("KAFKA_SASL_PASSWORD", \.kafka.sasl.password, .optional(.secret), "The user's password."),
    ]
}
