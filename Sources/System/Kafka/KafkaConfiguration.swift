/// What producers, consumers and the admin client have in common: where the brokers are and how to talk to them.
public struct KafkaConfiguration: Sendable {
    /// Receives one log line of librdkafka: its level, its facility (`FAIL`, `CONFWARN`) and the text. Called on the
    /// client's loop; must not block.
    public typealias LogSink = @Sendable (_ level: KafkaLogLevel, _ facility: String, _ message: String) -> Void

    /// `host:port` pairs, separated by commas; any of them leads to the whole cluster.
    public var bootstrapServers: String
    /// The name that brokers show in their logs and quotas.
    public var clientID: String
    /// Encryption; nil for plain text.
    public var tls: KafkaTLS?
    /// Authentication by name and password; nil for none.
    public var sasl: KafkaSASL?
    /// Further librdkafka settings by their own names (its CONFIGURATION.md). They win over this module's defaults;
    /// the few that the module relies on are refused with `KafkaError.configuration`.
    public var extra: [String: String]
    /// Where log lines go; by default nowhere. Nothing is ever written to stderr.
    public var log: LogSink

    /// Describes a cluster.
    public init(
        bootstrapServers: String,
        clientID: String,
        tls: KafkaTLS? = nil,
        sasl: KafkaSASL? = nil,
        extra: [String: String] = [:],
        log: @escaping LogSink = { _, _, _ in }
    ) {
        self.bootstrapServers = bootstrapServers
        self.clientID = clientID
        self.tls = tls
        self.sasl = sasl
        self.extra = extra
        self.log = log
    }

    /// The settings that follow from the properties, in librdkafka's names.
    var settings: [(key: String, value: String)] {
        var settings = [
            ("bootstrap.servers", bootstrapServers), ("client.id", clientID), ("security.protocol", protocolName),
            ("log.queue", "true"),
        ]
        if let tls { settings += tls.settings }
        if let sasl { settings += sasl.settings }
        return settings
    }

    private var protocolName: String {
        switch (tls != nil, sasl != nil) {
        case (false, false): "plaintext"
        case (true, false): "ssl"
        case (false, true): "sasl_plaintext"
        case (true, true): "sasl_ssl"
        }
    }
}
