import Certificates

/// The files in PEM that GigaChat's settings name, looked at before a connection needs them: a server that does not
/// know a certificate just hangs up, and without its authorities none is trusted. Blocks for the time of reading them.
struct GigaChatFiles {
    private let settings: Configuration.GigaChat

    init(_ settings: Configuration.GigaChat) {
        self.settings = settings
    }

    /// What is wrong with those that the mode uses, each by its setting.
    var faults: [ConfigurationFault] {
        guard settings.runMode != .dryrun else { return [] }
        return [authoritiesFault, settings.runMode == .mtls ? identityFault : nil].compactMap(\.self)
    }

    private var authoritiesFault: ConfigurationFault? {
        guard let path = settings.trustedAuthorities else { return nil }
        do throws(ClientIdentityFault) {
            try ClientIdentityCheck.check(authorities: path)
            return nil
        } catch {
            return ConfigurationFault(settings.authoritiesName, "\(error)")
        }
    }

    private var identityFault: ConfigurationFault? {
        let files = settings.mutualTLS
        guard let certificate = files.certificate else { return nil }
        do throws(ClientIdentityFault) {
            try ClientIdentityCheck.check(
                certificate: certificate, key: files.key, passphrase: files.keyPassword?.reveal() ?? "",
                authorities: nil)
            return nil
        } catch {
            return ConfigurationFault(name(of: error), "\(error)")
        }
    }

    private func name(of fault: ClientIdentityFault) -> String {
        if fault.kind == .passphrase { return "GIGACHAT_MTLS_KEY_FILE_PASSWORD" }
        return fault.file == settings.mutualTLS.key ? "GIGACHAT_MTLS_KEY_FILE" : "GIGACHAT_MTLS_CERT_FILE"
    }
}
