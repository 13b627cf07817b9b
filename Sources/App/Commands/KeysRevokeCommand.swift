import Domain
import Storage

/// `gigaoffice keys revoke`.
struct KeysRevokeCommand {
    private let options: KeysOptions

    init(_ options: KeysOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return StoreProgram(environmentFile: options.environmentFile).runOnKeys { keys throws(StoreError) in
            var code = ExitCode.success
            for id in options.ids {
                switch try await keys.revoke(id) {
                case true?: Terminal.say("\(id) revoked")
                case false?:
                    Terminal.complain("gigaoffice: \(id) was revoked before")
                    code = .negative
                case nil:
                    Terminal.complain("gigaoffice: there is no key \(id)")
                    code = .negative
                }
            }
            return code
        }
    }
}
