import Domain
import Storage
import Telemetry

/// `gigaoffice keys list`.
struct KeysListCommand {
    private let options: KeysOptions
    private static let limit = 100_000

    init(_ options: KeysOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return StoreProgram(environmentFile: options.environmentFile).runOnKeys { keys throws(StoreError) in
            let all = try await keys.list(limit: Self.limit, before: nil)
            let text =
                options.asJSON
                ? all.map { APIKeyListing.line($0) + "\n" }.joined() : APIKeyListing.table(all, at: .now)
            return text.isEmpty ? .success : Terminal.say(text, and: .success)
        }
    }
}
