import Providers

extension Configuration {
    /// GigaChat, or the dry run in its place.
    struct GigaChat: Sendable, Equatable {
        var runMode = RunMode.dryrun
        /// How long the dry run takes for one answer.
        var dryrunDelay = Duration.milliseconds(200)
        /// What the dry run does on each try of a job, in place of answering.
        var dryrunScript: DryrunScript?
        /// The authorization key of the cloud mode, as the account shows it.
        var credentials: Secret?
        /// The word before that key where a token is asked for.
        var authScheme = GigaChatLogin.Scheme.basic
        /// A user of a stand of its own, in place of a key.
        var user: String?
        var password: Secret?
        /// Where models are asked.
        var baseURL = "https://gigachat.devices.sberbank.ru/api/v1"
        /// Where tokens of access come from in the cloud mode.
        var authURL = "https://ngw.devices.sberbank.ru:9443/api/v2/oauth"
        /// What the token is for; it also tells how many calls at a time the account has.
        var scope = "GIGACHAT_API_PERS"
        /// The model where the next two say nothing.
        var model = "GigaChat"
        var generateModel: String?
        var classifyModel: String?
        /// Turns texts into vectors.
        var embedModel = "Embeddings"
        var verifiesCertificates = true
        /// A PEM file of trusted authorities; nil stands for the system's own.
        var authorities: String?
        var mutualTLS = MutualTLS()
        /// Calls a minute over all instances.
        var maxRequestsPerMinute = 20
        /// Tokens that one question and, apart from it, its answer may have.
        var maxTokensPerRequest = 8_192
        /// Calls at a time over all instances; 0 stands for what the scope allows (`concurrency`).
        var maxConcurrent = 0
        /// Tries of a job after the first one, when it failed for a passing reason.
        var maxRetries = 3

        /// Where answers come from.
        enum RunMode: String, CaseIterable, Sendable {
            case dryrun, cloud, mtls
        }

        /// Who we are in the mtls mode: PEM files.
        struct MutualTLS: Sendable, Equatable {
            /// Counts more than the common `authorities`.
            var authorities: String?
            var certificate: String?
            var key: String?
            var keyPassword: Secret?
        }

        /// Who asks for tokens in the cloud mode; a key counts more than a user.
        var login: GigaChatLogin? {
            if let key = credentials?.reveal() { return .key(key, scope: scope, scheme: authScheme) }
            guard let user, let password = password?.reveal() else { return nil }
            return .password(user: user, password: password)
        }

        /// Where that is done: users ask below the API's address.
        var tokenURL: String {
            guard credentials == nil, user != nil else { return authURL }
            return (baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL) + "/token"
        }

        /// Calls at a time: a private person's account has one, all others ten.
        var concurrency: Int {
            maxConcurrent > 0 ? maxConcurrent : scope == "GIGACHAT_API_PERS" ? 1 : 10
        }

        /// The authorities that the mode trusts; nil stands for the system's own.
        var trustedAuthorities: String? {
            runMode == .mtls ? mutualTLS.authorities ?? authorities : authorities
        }

        /// The setting that names them.
        var authoritiesName: String {
            let isForMode = runMode == .mtls && mutualTLS.authorities != nil
            return isForMode ? "GIGACHAT_MTLS_CA_BUNDLE_FILE" : "GIGACHAT_CA_BUNDLE_FILE"
        }
    }
}
