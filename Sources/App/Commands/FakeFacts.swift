import FakeProviders
import JSON

/// What a client of the stand-in has to know, with the settings that take it.
struct FakeFacts {
    private typealias Fact = (name: String, value: String, setting: String?)

    private let facts: [Fact]

    init(of fake: FakeGigaChat) {
        facts = fake.settings.personality == .gigachat ? Self.gigachat(fake) : Self.other(fake)
    }

    /// For programs, on one line.
    var json: [UInt8] {
        JSONWriter.object { object in
            for fact in facts { object.field(fact.name, fact.value) }
        }
    }

    /// For a .env file.
    var settings: [String] {
        facts.compactMap { fact in fact.setting.map { "\($0)=\(fact.value)" } }
    }

    /// The key of the mtls mode is there twice, once encrypted, for those who want to try that.
    private static func gigachat(_ fake: FakeGigaChat) -> [Fact] {
        let tls = fake.settings.tls
        let isMutual = tls?.demandsClientCertificate == true
        let facts: [Fact] = [
            ("run_mode", isMutual ? "mtls" : "cloud", "GIGACHAT_RUN_MODE"),
            ("base_url", fake.baseURL, "GIGACHAT_BASE_URL"),
            ("auth_url", fake.authURL, isMutual ? nil : "GIGACHAT_AUTH_URL"),
            ("credentials", fake.settings.credentials, isMutual ? nil : "GIGACHAT_CREDENTIALS"),
            ("scope", fake.settings.scope, "GIGACHAT_SCOPE"),
        ]
        guard let files = tls?.certificates else { return facts }
        let authority: Fact = ("ca_file", files.authority, "GIGACHAT_CA_BUNDLE_FILE")
        guard isMutual else { return facts + [authority] }
        return facts + [
            authority, ("cert_file", files.client.certificate, "GIGACHAT_MTLS_CERT_FILE"),
            ("key_file", files.client.key, "GIGACHAT_MTLS_KEY_FILE"),
            ("encrypted_key_file", files.encryptedKey, nil), ("key_passphrase", FakeCertificates.passphrase, nil),
        ]
    }

    private static func other(_ fake: FakeGigaChat) -> [Fact] {
        let prefix =
            switch fake.settings.personality {
            case .gigachat: "GIGACHAT"
            case .mistral: "MISTRAL"
            case .deepseek: "DEEPSEEK"
            case .gemini: "GEMINI"
            case .qwen: "DASHSCOPE"
            }
        let facts: [Fact] = [
            ("base_url", fake.baseURL, "\(prefix)_BASE_URL"), ("api_key", fake.settings.apiKey, "\(prefix)_API_KEY"),
        ]
        guard fake.settings.personality == .qwen else { return facts }
        return facts + [
            ("auth_url", fake.authURL, nil), ("refresh_token", FakeSettings.firstRefreshToken, nil),
        ]
    }
}
