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
            guard !pair[1].isEmpty, pair[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            // What Int cannot hold is longer than the longest wait, too.
            return min(Int(pair[1]) ?? .max, maximumWait)
        }
        return nil
    }
}
