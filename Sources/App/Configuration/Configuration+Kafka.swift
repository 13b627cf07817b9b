extension Configuration {
    /// The Kafka cluster, or the embedded broker.
    struct Kafka: Sendable, Equatable {
        /// The first brokers to ask; empty stands for the embedded broker.
        var servers: [HostPort] = []
        var requests = Topic(name: "gigaoffice-requests", partitions: 8)
        var responses = Topic(name: "gigaoffice-responses", partitions: 4)
        var deadLetters = Topic(name: "gigaoffice-dlq", partitions: 1)
        /// The consumer group of all workers.
        var group = "gigaoffice-group"
        /// The longest input that rides in a message, in bytes; a longer one stays in the database.
        var maxInlineBytes = 524_288
        var tls = TLS()
        var sasl = SASL()

        /// Whether the process has to run the broker itself.
        var usesEmbeddedBroker: Bool { servers.isEmpty }

        /// A topic and how it is made where it does not exist.
        struct Topic: Sendable, Equatable {
            var name: String
            var partitions: Int
            /// Copies of each partition.
            var replication = 1
        }

        /// Encryption between us and the brokers.
        struct TLS: Sendable, Equatable {
            var isOn = false
            /// PEM files; nil authorities stand for the system's own.
            var authorities: String?
            var certificate: String?
            var key: String?
            var keyPassword: Secret?
            var verifiesCertificates = true
            var checksHostName = true
        }

        /// How we say who we are; no mechanism means not at all.
        struct SASL: Sendable, Equatable {
            var mechanism: Mechanism?
            var user: String?
            var password: Secret?

            /// The names Kafka uses.
            enum Mechanism: String, CaseIterable, Sendable {
                case plain = "PLAIN"
                case scramSHA256 = "SCRAM-SHA-256"
                case scramSHA512 = "SCRAM-SHA-512"
            }
        }
    }
}
