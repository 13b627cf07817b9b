import EventLoop
import JSON
import Telemetry

/// The tokens that were given out, and the checks before one is.
struct FakeTokens {
    private var ends: [String: MonotonicTime] = [:]
    private var recent: [MonotonicTime] = []
    private var number = 0
    private static let mostTokens = 10_000

    /// What a token is worth.
    enum Verdict {
        case good, expired, unknown
    }

    func verdict(on token: String) -> Verdict {
        guard let end = ends[token] else { return .unknown }
        return end > .now ? .good : .expired
    }

    mutating func revokeAll() {
        ends = [:]
    }

    /// Whether one more request in this second is allowed; counts it.
    mutating func isWithinRate(_ limit: Int?) -> Bool {
        guard let limit else { return true }
        let now = MonotonicTime.now
        recent.removeAll { now - $0 >= .seconds(1) }
        guard recent.count < limit else { return false }
        recent.append(now)
        return true
    }

    /// Makes a token. Its value is opaque and as long as a real one is to the eye, not to the byte.
    mutating func make(life: Duration) -> String {
        number += 1
        let token = "fake.token.\(number)." + String(UInt64.random(in: .min ... .max), radix: 36)
        if ends.count >= Self.mostTokens { ends = [:] }
        ends[token] = .now + life
        return token
    }

    /// Gives out a token in the form that `shape` says.
    mutating func issue(life: Duration, clockOffset: Duration, _ shape: TokenShape) -> FakeReply {
        let life = shape.life ?? life
        let token = make(life: life)
        let now = WallTime.now.microseconds / 1_000 + clockOffset.wholeNanoseconds / 1_000_000
        let end = shape.isPast ? now - 3_600_000 : now + life.wholeNanoseconds / 1_000_000
        var members: [(String, JSONValue)] = [(shape.isShort ? "tok" : "access_token", .string(token))]
        if !shape.hasNoEnd {
            let told = Int(shape.inSeconds ? end / 1_000 : end)
            members.append((shape.isShort ? "exp" : "expires_at", .integer(told)))
        }
        return .json(.object(JSONObject(members)))
    }
}
