/// What a text is compared by: stems, pairs of neighbouring stems, and three-letter pieces of words, which survive
/// a misspelling. Each is a 64-bit hash (FNV-1a); each counts once however often it occurs.
struct LexicalFeatures: Sendable {
    struct Feature: Sendable {
        let hash: UInt64
        let weight: Double
    }

    let features: [Feature]
    /// How many of the stems there are.
    let stemCount: Int

    /// What the pieces count beside a stem: a word of eight letters has eight of them.
    static let pieceWeight = 0.3
    /// What a pair counts beside a stem.
    static let pairWeight = 0.5

    /// Beyond this many words a task tells nothing new about its kind.
    private static let maximumWords = 100

    init(_ text: String) {
        let words = LexicalWord.words(in: text, limit: Self.maximumWords).map(Self.normalized)
        let stems = words.map(RussianStemmer.stem)
        var found = FeatureSet(capacity: words.reduce(0) { $0 + $1.letters.count + 2 })
        var count = 0
        for (index, stem) in stems.enumerated() {
            guard found.add(FeatureHash(kind: 1, stem.letters), weight: 1) else { continue }
            count += 1
            guard index > 0 else { continue }
            var pair = FeatureHash(kind: 2, stems[index - 1].letters)
            pair.add(Self.blank)
            pair.add(stem.letters)
            found.add(pair, weight: Self.pairWeight)
        }
        for word in words where word.letters.count > 2 {
            // With a blank at either end, so that where a word begins and ends counts too.
            let letters = word.letters
            for place in letters.indices {
                var piece = FeatureHash(kind: 3)
                piece.add(place > 0 ? letters[place - 1] : Self.blank)
                piece.add(letters[place])
                piece.add(place + 1 < letters.count ? letters[place + 1] : Self.blank)
                found.add(piece, weight: Self.pieceWeight)
            }
        }
        features = found.features
        stemCount = count
    }

    /// The sum of the squared weights: the square of the vector's length.
    var square: Double { features.reduce(0) { $0 + $1.weight * $1.weight } }

    private static let blank: UInt8 = 0x20

    /// Numbers are alike whatever their digits.
    private static func normalized(_ word: LexicalWord) -> LexicalWord {
        let isNumber = word.letters.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? LexicalWord(letters: [0x30]) : word
    }

    /// Features in the order in which they were found first.
    private struct FeatureSet {
        private(set) var features: [Feature] = []
        private var seen: FeatureRows

        init(capacity: Int) {
            features.reserveCapacity(capacity)
            seen = FeatureRows(capacity: capacity)
        }

        /// Says whether it is a new one.
        @discardableResult
        mutating func add(_ hash: FeatureHash, weight: Double) -> Bool {
            guard seen.add(hash.value).isNew else { return false }
            features.append(Feature(hash: hash.value, weight: weight))
            return true
        }
    }
}

/// FNV-1a over 64 bits, begun anew for each kind of feature.
private struct FeatureHash {
    private(set) var value: UInt64

    private static let prime: UInt64 = 0x0000_0100_0000_01B3

    init(kind: UInt64, _ letters: [UInt8] = []) {
        value = (0xCBF2_9CE4_8422_2325 ^ kind) &* Self.prime
        add(letters)
    }

    mutating func add(_ letter: UInt8) {
        value = (value ^ UInt64(letter)) &* Self.prime
    }

    mutating func add(_ letters: [UInt8]) {
        for letter in letters { add(letter) }
    }
}
