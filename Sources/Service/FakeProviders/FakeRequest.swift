import HTTP

/// A request that has come whole.
struct FakeRequest: Sendable {
    let head: RequestHead
    let body: [UInt8]

    /// The value of a field without blanks around it; nil when it is missing.
    func field(_ name: String) -> String? { head.first(name) }

    /// All fields by their lower-case names.
    var fields: [String: String] {
        var all: [String: String] = [:]
        head.forEachField { name, value in
            let key = name.lowercased()
            all[key] = all[key].map { $0 + ", " + value } ?? value
        }
        return all
    }

    /// A value of the form in the body (`application/x-www-form-urlencoded`).
    func formValue(_ name: String) -> String? {
        for item in body.split(separator: UInt8(ascii: "&")) {
            let halves = item.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, PercentEncoding.decodeForm(halves[0]) == name else { continue }
            return PercentEncoding.decodeForm(halves[1])
        }
        return nil
    }
}
