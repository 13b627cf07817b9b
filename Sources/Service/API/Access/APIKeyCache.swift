public import Domain
public import EventLoop
import Hashing
public import Telemetry

/// The process's copy of the usable keys, so that no request costs a query. It looks for a new revision `interval`
/// after `interval`; while the database is away the keys that are known go on. Any thread.
public final class APIKeyCache: Sendable {
    /// What is known of a key that was sent.
    enum Finding {
        case known(APIKey)
        /// It is none of ours, or was revoked.
        case unknown
        /// It was ours until its time was over.
        case expired
        /// It may be new: the keys could not be read of late.
        case undecided
    }

    private struct Snapshot {
        let revision: Int64
        /// By the part of a key that is no secret, so that looking up tells nothing about the rest.
        let keys: [String: [APIKey]]
        let digests: [APIKeyID: SHA256Digest]
    }

    private struct State {
        var snapshot: Snapshot?
        /// When the store has last said what keys there are.
        var confirmedAt = MonotonicTime(nanoseconds: .min)
        var isAway = false
        /// Uses that are still to be stored; never more than there are keys.
        var uses: [APIKeyID: WallTime] = [:]
    }

    let store: any APIKeyStore
    private let state = Lock(State())
    private let upkeep: CopyUpkeep
    /// A copy that was not confirmed for so long may lack a new key.
    private static let freshness = Duration.seconds(5)

    /// An empty cache; `refresh` fills it. Times of use are stored every `usesInterval`.
    public init(
        _ store: any APIKeyStore, interval: Duration = .milliseconds(750), usesInterval: Duration = .seconds(10),
        logger: Logger
    ) {
        self.store = store
        upkeep = CopyUpkeep(
            interval: interval, usesInterval: usesInterval, complaint: "the API keys cannot be read", logger: logger)
    }

    /// Whether there is any key at all, as far as is known.
    var isEmpty: Bool { state.withLock { $0.snapshot?.digests.isEmpty ?? true } }

    /// Looks a key up by its text and the hash of that, and notes its use when it is usable. Of the keys that begin
    /// alike each is compared in a time that does not depend on where it differs.
    func find(_ sent: APIKeyText, _ digest: SHA256Digest, at now: WallTime = .now) -> Finding {
        let prefix = sent.prefix
        return state.withLock { state in
            let candidates = state.snapshot?.keys[prefix] ?? []
            let key = candidates.first {
                state.snapshot?.digests[$0.id]?.isEqualInConstantTime(to: digest) ?? false
            }
            guard let key else { return Self.isFresh(state) ? .unknown : .undecided }
            guard key.isUsable(at: now) else { return .expired }
            state.uses[key.id] = now
            return .known(key)
        }
    }

    private static func isFresh(_ state: State) -> Bool {
        state.snapshot != nil && !state.isAway && MonotonicTime.now - state.confirmedAt < freshness
    }

    /// Reads the keys if they have changed.
    public func refresh() async throws(StoreError) {
        let asked = MonotonicTime.now
        do throws(StoreError) {
            let known = state.withLock { $0.snapshot?.revision }
            let revision = try await store.revision()
            if revision == known { return state.withLock { Self.confirm(&$0, asked) } }
            let (read, keys) = try await store.usableKeys()
            let snapshot = Snapshot(
                revision: read, keys: Dictionary(grouping: keys, by: \.prefix),
                digests: Dictionary(
                    keys.compactMap { key in SHA256Digest(bytes: key.digest).map { (key.id, $0) } }
                ) { first, _ in first })
            state.withLock { state in
                state.snapshot = snapshot
                // What was revoked is of no more interest.
                state.uses = state.uses.filter { snapshot.digests[$0.key] != nil }
                Self.confirm(&state, asked)
            }
        } catch {
            state.withLock { $0.isAway = true }
            throw error
        }
    }

    private static func confirm(_ state: inout State, _ asked: MonotonicTime) {
        state.confirmedAt = asked
        state.isAway = false
    }

    /// Stores the times of use; they are kept when that fails.
    public func storeUses() async {
        let taken = state.withLock { state in
            let taken = state.uses
            state.uses = [:]
            return taken
        }
        guard !taken.isEmpty else { return }
        do throws(StoreError) {
            try await store.noteUses(taken)
        } catch {
            state.withLock { $0.uses.merge(taken) { younger, _ in younger } }
        }
    }

    /// Looks for changes and stores uses until the task is cancelled.
    public func run(on loop: EventLoop) async {
        await upkeep.run(on: loop, refresh: refresh, storeUses: storeUses)
    }
}
