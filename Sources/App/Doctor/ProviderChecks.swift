import Certificates
import EventLoop
import HTTPClient

/// Whether the models' servers can be reached and trusted, and for how long their certificates are good. They are asked
/// without a key for something that costs nothing: any answer will do, and most say 401.
struct ProviderChecks {
    private struct Target {
        let subject: String
        let url: String
        var tls = ClientTLS()
        /// Whether nothing works without it.
        var isNeeded = false
    }

    private let configuration: Configuration
    private static let patience = Duration.seconds(6)

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func findings(on loop: EventLoop) async -> [DoctorFinding] {
        var findings: [DoctorFinding] = []
        if configuration.gigachat.runMode == .dryrun {
            findings.append(
                .ok("gigachat", Wording("dryrun: модель не вызывается", "dryrun: no model is called")))
        }
        for target in targets { findings += await ask(target, on: loop) }
        return findings
    }

    private var targets: [Target] {
        let models = configuration.models
        let others = [
            ("mistral", models.mistral.key, models.mistral.baseURL),
            ("gemini", models.gemini.key, models.gemini.baseURL),
            ("deepseek", models.deepseek.key, models.deepseekBaseURL),
            ("dashscope", models.dashscope.key, models.dashscope.baseURL),
        ].filter { $0.1 != nil }.map { Target(subject: $0.0, url: $0.2 + "/models") }
        let own = models.compatible.baseURL.map { Target(subject: models.compatible.name, url: $0 + "/models") }
        return gigachat + others + [own].compactMap(\.self)
    }

    private var gigachat: [Target] {
        let settings = configuration.gigachat
        guard settings.runMode != .dryrun else { return [] }
        var tls = ClientTLS(caFile: settings.trustedAuthorities, verifiesServer: settings.verifiesCertificates)
        let files = settings.mutualTLS
        if settings.runMode == .mtls, let certificate = files.certificate {
            tls.identity = ClientTLS.Identity(
                certificateFile: certificate, keyFile: files.key, passphrase: files.keyPassword?.reveal() ?? "")
        }
        let api = Target(subject: "gigachat", url: settings.baseURL + "/models", tls: tls, isNeeded: true)
        guard settings.runMode == .cloud else { return [api] }
        return [api, Target(subject: "gigachat tokens", url: settings.authURL, tls: tls, isNeeded: true)]
    }

    private func ask(_ target: Target, on loop: EventLoop) async -> [DoctorFinding] {
        let start = MonotonicTime.now
        do throws(HTTPClientError) {
            let answer = try await Self.get(target.url, target.tls, on: loop)
            let milliseconds = Int((MonotonicTime.now - start).inSeconds * 1_000)
            let finding = DoctorFinding.ok(
                target.subject,
                Wording(
                    "\(target.url) отвечает (\(answer.status)) за \(milliseconds) мс",
                    "\(target.url) answers (\(answer.status)) within \(milliseconds) ms"))
            return [finding] + Self.terms(target, answer.serverChain)
        } catch .tooLarge {
            return [.ok(target.subject, Wording("\(target.url) отвечает", "\(target.url) answers"))]
        } catch {
            let detail = Wording(same: "\(target.url): \(error)")
            let advice = Self.advice(error)
            let finding =
                target.isNeeded
                ? DoctorFinding.fail(target.subject, detail, advice) : .warn(target.subject, detail, advice)
            guard case .tls(.verification, _) = error else { return [finding] }
            return [finding] + Self.terms(target, await Self.distrustedChain(target.url, on: loop))
        }
    }

    private static func get(
        _ url: String, _ tls: ClientTLS, on loop: EventLoop
    ) async throws(HTTPClientError) -> ClientResponse {
        var tls = tls
        tls.keepsServerChain = true
        let client = try HTTPClient(
            on: loop,
            configuration: HTTPClientConfiguration(
                userAgent: "gigaoffice/\(ProgramVersion.current)", maxResponseBytes: 1 << 20, tls: tls))
        defer { client.close() }
        return try await client.send(ClientRequest("GET", url, timeout: patience))
    }

    /// What a server shows that is not trusted: it is told nothing but that somebody has come.
    private static func distrustedChain(_ url: String, on loop: EventLoop) async -> [String] {
        do throws(HTTPClientError) {
            return try await get(url, ClientTLS(verifiesServer: false), on: loop).serverChain
        } catch {
            // That it cannot be asked has been told already.
            return []
        }
    }

    /// Nothing where there is no TLS.
    private static func terms(_ target: Target, _ chain: [String]) -> [DoctorFinding] {
        guard !chain.isEmpty else { return [] }
        let subject = "\(target.subject) certificate"
        let advice = Wording(
            "поставщик должен обновить сертификат сервера: спросите его; проверьте часы этой машины",
            "the provider has to renew the server's certificate: ask about it; check this machine's clock")
        do throws(ClientIdentityFault) {
            let facts = try CertificateFacts.all(inText: chain.joined(separator: "\n"), named: target.url)
            return [CertificateTerm(chain: facts)?.finding(subject, target.url, advice)].compactMap(\.self)
        } catch {
            return [.warn(subject, Wording(same: "\(error)"), advice)]
        }
    }

    private static func advice(_ error: HTTPClientError) -> Wording {
        switch error {
        case .tls(.verification, _):
            Wording(
                "сертификат сервера не заслуживает доверия или истёк: для GigaChat укажите корневой сертификат "
                    + "Минцифры в GIGACHAT_CA_BUNDLE_FILE, проверьте часы",
                "the server's certificate is not trusted, or has ended: for GigaChat name the Russian root certificate "
                    + "in GIGACHAT_CA_BUNDLE_FILE, and check the clock")
        case .tls(.authorityFile, _), .tls(.clientCertificateFile, _):
            Wording("проверьте файлы сертификатов", "check the files of certificates")
        case .tls:
            Wording(
                "сервер не принял наш сертификат или протокол: проверьте его у поставщика",
                "the server has refused our certificate or protocol: ask the provider about it")
        default:
            Wording(
                "проверьте адрес, DNS, межсетевой экран и выход в интернет с этой машины",
                "check the address, DNS, the firewall, and the way out of this machine")
        }
    }
}
