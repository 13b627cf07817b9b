/// The sessions that have been seen, for the tokens that a prompt shares with an earlier one.
final class FakeSessions {
    private var seen: Set<String> = []
    private static let most = 10_000

    /// Whether the session was seen before; from now on it was.
    func isKnown(_ session: String?) -> Bool {
        guard let session else { return false }
        if seen.count >= Self.most { seen = [] }
        return !seen.insert(session).inserted
    }

    func forgetAll() {
        seen = []
    }
}
