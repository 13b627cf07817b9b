import Providers
import Testing

@testable import App

@Suite("The settings of models")
struct ModelSettingsTests {
    private static let mutual = [
        "GIGACHAT_RUN_MODE": "mtls", "GIGACHAT_MTLS_CERT_FILE": "c", "GIGACHAT_MTLS_KEY_FILE": "k",
        "GIGACHAT_BASE_URL": "https://gigachat.example/v1",
    ]

    @Test("The cloud mode needs credentials")
    func cloud() {
        let bare = load(["GIGACHAT_RUN_MODE": "cloud"])
        #expect(
            bare.faultTexts == [
                "GIGACHAT_RUN_MODE: cloud needs GIGACHAT_CREDENTIALS, or GIGACHAT_USER and GIGACHAT_PASSWORD"
            ])
        #expect(load(["GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_CREDENTIALS": "x"]).faultTexts == [])
    }

    @Test("A user with a password takes a key's place on a stand of its own")
    func user() {
        let user = ["GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_USER": "u", "GIGACHAT_PASSWORD": "p"]
        let faults = load(user).faultTexts
        #expect(faults.count == 1 && faults[0].hasPrefix("GIGACHAT_USER: needs GIGACHAT_BASE_URL"))
        let stand = user.merging(["GIGACHAT_BASE_URL": "https://stand.example/v1/"]) { $1 }
        #expect(load(stand).faultTexts == [])
        #expect(load(stand.filter { $0.key != "GIGACHAT_PASSWORD" }).faultTexts.count == 1)
        #expect(load(stand.merging(["GIGACHAT_USER": "a:b"]) { $1 }).faultTexts.count == 1)
        guard case .success(let configuration) = load(stand).outcome else { return }
        #expect(configuration.gigachat.login == .password(user: "u", password: "p"))
        #expect(configuration.gigachat.tokenURL == "https://stand.example/v1/token")
        let keyed = load(stand.merging(["GIGACHAT_CREDENTIALS": "k", "GIGACHAT_AUTH_SCHEME": "bearer"]) { $1 })
        guard case .success(let other) = keyed.outcome else {
            Issue.record("a key beside a user is right")
            return
        }
        #expect(other.gigachat.login == .key("k", scope: "GIGACHAT_API_PERS", scheme: .bearer))
        #expect(other.gigachat.tokenURL == other.gigachat.authURL)
    }

    @Test(
        "The mtls mode needs a certificate, its key and an address",
        arguments: ["GIGACHAT_MTLS_CERT_FILE", "GIGACHAT_MTLS_KEY_FILE", "GIGACHAT_BASE_URL"])
    func mutualTLS(missing: String) {
        #expect(load(Self.mutual).faultTexts == [])
        let faults = load(Self.mutual.filter { $0.key != missing }).faultTexts
        #expect(faults.count == 1 && faults[0].hasPrefix("GIGACHAT_RUN_MODE: mtls needs \(missing)"))
    }

    @Test("A certificate that nobody checks gets a warning where there is one")
    func unchecked() {
        let settings = ["GIGACHAT_VERIFY_SSL": "false", "GIGACHAT_CREDENTIALS": "x"]
        let cloud = load(settings.merging(["GIGACHAT_RUN_MODE": "cloud"]) { $1 })
        #expect(cloud.faultTexts == [])
        #expect(cloud.warningTexts.contains { $0.hasPrefix("GIGACHAT_VERIFY_SSL: ") })
        #expect(!load(settings).warningTexts.contains { $0.hasPrefix("GIGACHAT_VERIFY_SSL: ") })
    }

    @Test("A tier can only name providers that are configured")
    func tiers() {
        let tier = ["MODEL_TIER_CHEAP": "dryrun/dryrun,mistral/mistral-small-latest"]
        #expect(load(tier).faultTexts == ["MODEL_TIER_CHEAP: mistral is not configured; configured: dryrun"])
        #expect(load(tier.merging(["MISTRAL_API_KEY": "x"]) { $1 }).faultTexts == [])
    }

    @Test("A service of one's own can't have another provider's name")
    func takenName() {
        let loaded = load(["OPENAI_COMPATIBLE_BASE_URL": "http://x.example/v1", "OPENAI_COMPATIBLE_NAME": "mistral"])
        #expect(loaded.faultTexts == ["OPENAI_COMPATIBLE_NAME: mistral is the name of another provider"])
    }

    @Test("A private person's account has one call at a time, others ten, unless the setting says otherwise")
    func concurrency() {
        var gigachat = Configuration.GigaChat()
        #expect(gigachat.concurrency == 1)
        gigachat.scope = "GIGACHAT_API_CORP"
        #expect(gigachat.concurrency == 10)
        gigachat.maxConcurrent = 3
        #expect(gigachat.concurrency == 3)
    }

    @Test("Other providers have no limits of calls unless they are set", arguments: ["MISTRAL", "OPENAI_COMPATIBLE"])
    func limits(prefix: String) throws {
        let set = load(["\(prefix)_MAX_CONCURRENT": "3", "\(prefix)_MAX_REQUESTS_PER_MINUTE": "60"])
        guard case .success(let configuration) = set.outcome else {
            Issue.record("the settings are right")
            return
        }
        let models = configuration.models
        let limits = prefix == "MISTRAL" ? models.mistral.limits : models.compatible.limits
        #expect(limits == Configuration.Models.CallLimits(concurrent: 3, perMinute: 60))
        #expect(models.gemini.limits == Configuration.Models.CallLimits())
        #expect(load(["\(prefix)_MAX_CONCURRENT": "-1"]).faultTexts.count == 1)
    }

    @Test("DeepSeek's base address is what stands before its chat route")
    func deepseek() {
        var models = Configuration.Models()
        #expect(models.deepseekBaseURL == "https://api.deepseek.com")
        models.deepseekEndpoint = "https://x.example/v1/chat/completions"
        #expect(models.deepseekBaseURL == "https://x.example/v1")
    }
}
