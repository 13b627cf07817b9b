import Testing

@testable import App

@Suite("Secrets stay secret")
struct MaskingTests {
    private static let secret = "hunter2-Ünïque"

    /// Everything that can be printed about a loaded configuration.
    private static func outputs(_ loaded: LoadedConfiguration) -> String {
        var text = EffectiveSettingsText.render(loaded) + EffectiveSettingsJSON.render(loaded)
        text += loaded.faultTexts.joined() + loaded.warningTexts.joined()
        if case .success(let configuration) = loaded.outcome {
            text += "\(configuration)" + String(reflecting: configuration)
            dump(configuration, to: &text)
        }
        return text
    }

    @Test("No output shows a secret", arguments: SettingTable.settings.filter(\.isSecret).map(\.name))
    func masked(name: String) {
        for all in [
            sources(environment: [name: Self.secret]), sources(dotEnv: "\(name)='\(Self.secret)'"),
            sources(dotEnv: "\(name)='\(Self.secret)"), sources(environment: [name: Self.secret, "PORT": "x"]),
            sources(environment: [name: Self.secret + String(repeating: "x", count: 20_000)]),
            sources(environment: ["\(name)S": Self.secret]),
        ] {
            #expect(!Self.outputs(ConfigurationLoader.load(all)).contains("hunter2"))
        }
    }

    @Test("A complete login is masked in every way of printing the configuration")
    func loaded() throws {
        let loaded = load([
            "DB_PASSWORD": Self.secret, "KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_USERNAME": "u",
            "KAFKA_SASL_PASSWORD": Self.secret, "KAFKA_SSL_CERTFILE": "c", "KAFKA_SSL_KEYFILE": "k",
            "KAFKA_SSL_PASSWORD": Self.secret,
        ])
        #expect(try loaded.outcome.get().kafka.sasl.password?.reveal() == Self.secret)
        #expect(!Self.outputs(loaded).contains("hunter2"))
    }

    @Test("The mask says nothing about the length")
    func length() {
        for secret in ["x", String(repeating: "x", count: 1_000)] {
            #expect(load(["DB_PASSWORD": secret]).value(of: "DB_PASSWORD") == .shown("****"))
        }
        #expect(load([:]).value(of: "DB_PASSWORD") == .unset)
    }

    @Test("A bad line of the .env file is not repeated")
    func badLine() {
        let loaded = ConfigurationLoader.load(sources(dotEnv: "DB_PASSWORD hunter2\nDB_PASSWORD=\"hunter2\\q\""))
        #expect(loaded.faults.count == 2)
        #expect(!loaded.faultTexts.joined().contains("hunter2"))
    }
}
