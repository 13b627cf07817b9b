import HTTP

/// The `wait` preference of RFC 7240 §4.3: how long the client is ready to wait for a better answer.
enum Preference {
    /// Longest wait, in seconds.
    static let maximumWait = 60

    /// The seconds asked for, at most `maximumWait`; nil when none were asked for.
    static func wait(_ fields: [String]) -> Int? {
        for part in fields.flatMap({ $0.split(whereSeparator: { $0 == "," || $0 == ";" }) }) {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " && $0 != "\"" } }
            guard pair.count == 2, pair[0].lowercased() == "wait" else { continue }
            guard let seconds = Int(pair[1]), seconds >= 0 else { return nil }
            return min(seconds, maximumWait)
        }
        return nil
    }
}
