import JSON

/// The counts that are agreed upon: `Benchmarks/instructions.json`.
struct CountBaseline {
    /// Instructions of one iteration, by the name of what is measured.
    let counts: [String: Int]

    /// How much more than agreed upon is let pass, in hundredths.
    static let tolerance = 5

    /// Gathers counts.
    init(_ counts: [String: Int]) {
        self.counts = counts
    }

    /// Reads the file; nil unless it is an object of whole numbers above zero.
    init?(json: [UInt8]) {
        do throws(JSONParseError) {
            guard case .object(let object) = try JSONParser().parse(json) else { return nil }
            var counts: [String: Int] = [:]
            for (name, value) in zip(object.keys, object.values) {
                guard let count = value.intValue, count > 0 else { return nil }
                counts[name] = count
            }
            self.counts = counts
        } catch {
            return nil
        }
    }

    /// Reads lines of a name and a count; nil when one of them is something else.
    init?(lines: String) {
        var counts: [String: Int] = [:]
        for line in lines.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let count = Int(words[1]), count > 0 else { return nil }
            counts[String(words[0])] = count
        }
        self.counts = counts
    }

    /// The file's text, a line for each.
    var json: String {
        let lines = counts.sorted { $0.key < $1.key }.map { "    \"\($0.key)\": \($0.value)" }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }

    /// What is wrong with newer counts: a line for each that is missing, unknown or too high.
    func faults(of newer: CountBaseline) -> [String] {
        let names = Set(counts.keys).union(newer.counts.keys).sorted()
        return names.compactMap { name in
            guard let now = newer.counts[name] else { return "\(name) was not measured" }
            guard let agreed = counts[name] else { return "\(name) has no count to compare with" }
            guard now * 100 > agreed * (100 + Self.tolerance) else { return nil }
            return "\(name) takes \(now) instructions, \(Self.percent(now, of: agreed)) against \(agreed)"
        }
    }

    /// A table of both.
    func comparison(with newer: CountBaseline) -> [String] {
        newer.counts.sorted { $0.key < $1.key }.map { name, now in
            guard let agreed = counts[name] else { return "\(name): \(now)" }
            return "\(name): \(now), agreed upon \(agreed) (\(Self.percent(now, of: agreed)))"
        }
    }

    /// With a sign and one decimal.
    private static func percent(_ now: Int, of agreed: Int) -> String {
        let tenths = (now - agreed) * 1000 / agreed
        return "\(tenths < 0 ? "-" : "+")\(abs(tenths) / 10).\(abs(tenths) % 10) %"
    }
}
