import Domain
import EventLoop
import Hashing
import Telemetry

/// API keys in memory, which can be away.
final class FakeAPIKeys: APIKeyStore {
    struct State: Sendable {
        var revision: Int64 = 1
        var keys: [APIKey] = []
        var isAway = false
        var isFull = false
        var uses: [APIKeyID: WallTime] = [:]
        var reads = 0
    }

    let state = Lock(State())

    /// Makes a key and returns its text.
    @discardableResult
    func make(
        _ name: String, _ scopes: Set<Scope> = [.submit, .read], expiresIn seconds: Int64? = nil, rate: Int? = nil
    ) -> (text: String, key: APIKey) {
        var generator = SystemRandomNumberGenerator()
        let text = APIKeyText(using: &generator)
        let now = WallTime.now
        let key = APIKey(
            id: APIKeyID(at: now, using: &generator), name: name, prefix: text.prefix,
            digest: SHA256.hash(text.text).bytes, scopes: scopes, ratePerMinute: rate,
            expiresAt: seconds.map { WallTime(microseconds: now.microseconds + $0 * 1_000_000) }, createdAt: now)
        state.withLock { state in
            state.keys.append(key)
            state.revision += 1
        }
        return (text.text, key)
    }

    private func call<Value>(_ body: (inout State) -> Value) throws(StoreError) -> Value {
        let value: Value? = state.withLock { $0.isAway ? nil : body(&$0) }
        guard let value else { throw .unavailable("away") }
        return value
    }

    func revision() async throws(StoreError) -> Int64 { try call { $0.revision } }

    func usableKeys() async throws(StoreError) -> (revision: Int64, keys: [APIKey]) {
        try call { state in
            state.reads += 1
            return (state.revision, state.keys.filter { $0.revokedAt == nil })
        }
    }

    func list(limit: Int, before: APIKeyID?) async throws(StoreError) -> [APIKey] {
        try call { state in
            let youngestFirst = Array(state.keys.reversed())
            guard let before else { return Array(youngestFirst.prefix(limit)) }
            return Array(youngestFirst.drop { $0.id != before }.dropFirst().prefix(limit))
        }
    }

    func add(_ key: APIKey) async throws(StoreError) -> Bool {
        try call { state in
            guard !state.isFull else { return false }
            state.keys.append(key)
            state.revision += 1
            return true
        }
    }

    func revoke(_ id: APIKeyID) async throws(StoreError) -> Bool? {
        try call { state in
            guard let index = state.keys.firstIndex(where: { $0.id == id }) else { return nil }
            guard state.keys[index].revokedAt == nil else { return false }
            state.keys[index].revokedAt = .now
            state.revision += 1
            return true
        }
    }

    func noteUses(_ uses: [APIKeyID: WallTime]) async throws(StoreError) {
        try call { state in state.uses.merge(uses) { _, new in new } }
    }
}
