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
        var seen: Set<UInt64> = []
        var features: [Feature] = []
        var count = 0
        for (index, stem) in stems.enumerated() {
            let hash = Self.hash(stem.letters, kind: 1)
            guard seen.insert(hash).inserted else { continue }
            count += 1
            features.append(Feature(hash: hash, weight: 1))
            guard index > 0 else { continue }
            let pair = Self.hash(stems[index - 1].letters + [0x20] + stem.letters, kind: 2)
            if seen.insert(pair).inserted { features.append(Feature(hash: pair, weight: Self.pairWeight)) }
        }
        for word in words where word.letters.count > 2 {
            let letters = [0x20] + word.letters + [0x20]
            for start in 0..<letters.count - 2 {
                let hash = Self.hash(letters[start..<start + 3], kind: 3)
                if seen.insert(hash).inserted { features.append(Feature(hash: hash, weight: Self.pieceWeight)) }
            }
        }
        self.features = features
        stemCount = count
    }

    /// How like each of the others is: from 0 for nothing in common to 1 for the same features, the cosine of the
    /// angle between the two.
    func likeness(to others: [LexicalFeatures]) -> [Double] {
        let weights = Dictionary(features.map { ($0.hash, $0.weight) }, uniquingKeysWith: max)
        let ownSquare = Self.square(self)
        return others.map { other in
            let shared = other.features.reduce(0) { $0 + $1.weight * (weights[$1.hash] ?? 0) }
            let lengths = ownSquare * Self.square(other)
            return lengths > 0 ? shared / lengths.squareRoot() : 0
        }
    }

    private static func square(_ text: LexicalFeatures) -> Double {
        text.features.reduce(0) { $0 + $1.weight * $1.weight }
    }

    /// Numbers are alike whatever their digits.
    private static func normalized(_ word: LexicalWord) -> LexicalWord {
        let isNumber = word.letters.allSatisfy { (0x30...0x39).contains($0) }
        return isNumber ? LexicalWord(letters: [0x30]) : word
    }

    private static func hash(_ bytes: some Sequence<UInt8>, kind: UInt64) -> UInt64 {
        bytes.reduce((0xCBF2_9CE4_8422_2325 ^ kind) &* 0x0000_0100_0000_01B3) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
    }
}
