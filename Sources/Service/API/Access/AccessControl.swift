import Domain
import EventLoop
import HTTP
public import HTTPServer
import Hashing

/// Decides of every request who sends it and whether they may, before its content is read. Which route asks for what
/// is said by `RouteAccess`, and what may be done only so often by `RateRule`.
public final class AccessControl: Middleware {
    private let administrator: SHA256Digest?
    let keys: APIKeyCache?
    private let areKeysRequired: Bool
    private let limits: RateLimits
    private let limiter: RateLimiter?
    private let proxies: TrustedProxies

    /// Knows administrators by `adminKey`, if there is one, and everybody else by what `keys` has. Without
    /// `areKeysRequired` those who send no key may do all that is not for administrators. `limits` hold for everybody
    /// but administrators and keys with limits of their own; without a `limiter` there are none.
    public init(
        adminKey: String?, keys: APIKeyCache? = nil, areKeysRequired: Bool = false, limits: RateLimits = .none,
        limiter: RateLimiter? = nil, proxies: TrustedProxies = TrustedProxies([])
    ) {
        administrator = adminKey.map { SHA256.hash($0) }
        self.keys = keys
        self.areKeysRequired = areKeysRequired
        self.limits = limits
        self.limiter = limiter
        self.proxies = proxies
    }

    /// For `Router.guardRoutes`: what is asked of who calls a route, by its row of `RouteAccess`.
    func gate(_ method: Method, _ pattern: String) -> Router.Gate? {
        let access = RouteAccess.of(method, pattern)
        guard let scope = access.scope else { return nil }
        let rule = RateRule.of(method, pattern)
        return { self.admit($0, access, scope, rule) }
    }

    private func admit(
        _ request: Request, _ access: RouteAccess, _ scope: Scope, _ rule: RateRule?
    ) -> Router.Admission {
        do throws(Problem) {
            let caller = Caller(try identify(request, access), address: proxies.client(of: request))
            request.principal = caller
            if case .key(let key) = caller.identity, !key.allows(scope) { throw Problem(scopeMissing: scope) }
            guard let rule else { return .granted }
            return try count(caller, rule)
        } catch {
            return .refused(error.response(to: request))
        }
    }

    // MARK: Who

    private func identify(_ request: Request, _ access: RouteAccess) throws(Problem) -> Caller.Identity {
        let isKeyNeeded = areKeysRequired || access == .administrators
        if access == .administrators, administrator == nil, keys?.isEmpty ?? true {
            throw Problem(.forbidden, .managementIsOff)
        }
        guard let sent = sentKey(request) else {
            if isKeyNeeded { throw Problem(keyMissing: .keyMissing) }
            return .nobody
        }
        let digest = SHA256.hash(sent)
        if let administrator, digest.isEqualInConstantTime(to: administrator) { return .administrator }
        guard sent.hasPrefix(APIKeyText.mark) else {
            // Clients of other services send keys of theirs; where nobody is asked for one they do no harm.
            if isKeyNeeded { throw Problem(keyRefused: .keyUnknown) }
            return .nobody
        }
        guard let text = APIKeyText(sent) else { throw Problem(keyRefused: .keyMalformed) }
        switch keys?.find(text, digest) ?? .unknown {
        case .known(let key): return .key(key)
        case .unknown: throw Problem(keyRefused: .keyUnknown)
        case .expired: throw Problem(keyRefused: .keyExpired)
        case .undecided: throw Problem(.serviceUnavailable, .keysUnavailable, retryAfter: 1)
        }
    }

    private func sentKey(_ request: Request) -> String? {
        if let key = request.head.first("x-api-key") { return key }
        guard let value = request.head.first("authorization"), value.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return String(value.dropFirst(7).drop { $0 == " " })
    }

    // MARK: How often

    private func count(_ caller: Caller, _ rule: RateRule) throws(Problem) -> Router.Admission {
        guard let limiter, let limit = limit(for: caller, rule), limit > 0 else { return .granted }
        let name = "\(rule.rawValue) \(caller.rateName)"
        switch limiter.take(name, limit: limit) {
        case .granted(let standing):
            caller.standing = (rule, standing)
            return .granted
        case .refused(let standing):
            caller.standing = (rule, standing)
            throw Problem(rateLimitExceeded: standing)
        case .unknown:
            return .undecided { request in
                let decision = await limiter.wait(name, limit: limit)
                return Self.answer(decision, rule, to: request)
            }
        }
    }

    private static func answer(_ decision: RateState.Decision, _ rule: RateRule, to request: Request) -> Response? {
        switch decision {
        case .granted(let standing):
            request.caller.standing = (rule, standing)
            return nil
        case .refused(let standing):
            request.caller.standing = (rule, standing)
            return Problem(rateLimitExceeded: standing).response(to: request)
        case .unknown: return nil
        }
    }

    private func limit(for caller: Caller, _ rule: RateRule) -> Int? {
        switch caller.identity {
        case .administrator: nil
        case .key(let key): key.ratePerMinute ?? limits.limit(rule)
        case .nobody: limits.limit(rule)
        }
    }

    /// Says how the client stands with the limit of the route (draft-ietf-httpapi-ratelimit-headers-10).
    public func complete(_ response: inout Response, to request: Request) {
        guard let (rule, standing) = (request.principal as? Caller)?.standing else { return }
        let name = rule.rawValue
        response.head.fields.set(
            "RateLimit", "\"\(name)\";r=\(standing.remaining);t=\(standing.resetSeconds)")
        response.head.fields.set(
            "RateLimit-Policy", "\"\(name)\";q=\(standing.limit);w=\(RateState.window.components.seconds)")
    }
}
