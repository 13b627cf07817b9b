import API
import Domain
import Storage
import Telemetry

/// `gigaoffice keys create`.
struct KeysCreateCommand {
    private let options: KeysCreateOptions

    init(_ options: KeysCreateOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        let draft = APIKeyDraft(
            name: options.name ?? "", scopes: options.scopes, end: options.end, ratePerMinute: options.rate)
        let made = NewAPIKey(draft, at: .now)
        return StoreProgram(environmentFile: options.environmentFile).runOnKeys { keys throws(StoreError) in
            guard try await keys.add(made.key) else {
                Terminal.complain("gigaoffice: there are \(APIKey.maximumCount) keys; revoke some first")
                return .negative
            }
            if options.asJSON { return Terminal.say(APIKeyListing.line(made.key, secret: made.text), and: .success) }
            Terminal.complain("key \(made.key.id); keep what follows, it cannot be shown again:")
            return Terminal.say(made.text.text, and: .success)
        }
    }
}
