import Kafka
import Telemetry

extension KafkaConfiguration {
    /// The brokers as configured; `servers` are those of the embedded broker when that one is used.
    init(_ kafka: Configuration.Kafka, servers: String, logger: Logger) {
        self.init(kafka, servers: servers)
        log = { level, facility, message in
            logger.log(
                level <= .error ? .warning : .debug, "kafka client",
                ["facility": .text(facility), "text": .text(message)])
        }
    }

    /// The same with nobody to hear what the client logs.
    init(_ kafka: Configuration.Kafka, servers: String) {
        let tls = kafka.tls.isOn ? KafkaTLS(kafka.tls) : nil
        self.init(bootstrapServers: servers, clientID: "gigaoffice", tls: tls, sasl: KafkaSASL(kafka.sasl))
    }
}

extension KafkaTLS {
    fileprivate init(_ tls: Configuration.Kafka.TLS) {
        self.init(
            authorityFile: tls.authorities, certificateFile: tls.certificate, keyFile: tls.key,
            keyPassword: tls.keyPassword?.reveal(), verifiesCertificate: tls.verifiesCertificates,
            checksHostname: tls.checksHostName)
    }
}

extension KafkaSASL {
    fileprivate init?(_ sasl: Configuration.Kafka.SASL) {
        guard let name = sasl.mechanism?.rawValue, let mechanism = Mechanism(rawValue: name), let user = sasl.user,
            let password = sasl.password
        else { return nil }
        self.init(mechanism: mechanism, user: user, password: password.reveal())
    }
}
