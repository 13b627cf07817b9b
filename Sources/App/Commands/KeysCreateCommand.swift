import Domain
import Hashing
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
        // The system's generator asks the kernel, which makes it fit for secrets.
        var generator = SystemRandomNumberGenerator()
        let text = APIKeyText(using: &generator)
        let now = WallTime.now
        let key = APIKey(
            id: APIKeyID(at: now, using: &generator), name: options.name ?? "", prefix: text.prefix,
            digest: SHA256.hash(text.text).bytes, scopes: options.scopes, ratePerMinute: options.rate,
            expiresAt: options.end?.moment(from: now), createdAt: now)
        return StoreProgram(environmentFile: options.environmentFile).runOnKeys { keys throws(StoreError) in
            guard try await keys.add(key) else {
                Terminal.complain("gigaoffice: there are \(APIKey.maximumCount) keys; revoke some first")
                return .negative
            }
            if options.asJSON { return Terminal.say(APIKeyListing.line(key, secret: text.text), and: .success) }
            Terminal.complain("key \(key.id); keep what follows, it cannot be shown again:")
            return Terminal.say(text.text, and: .success)
        }
    }
}
