/// A binary heap of elements that can be found, re-ranked and removed by themselves. The least rank comes first.
/// Every operation but `first` and `rank` takes time in proportion to the logarithm of the count.
struct IndexedHeap<Element: Hashable, Rank: Comparable> {
    private var entries: [(element: Element, rank: Rank)] = []
    private var places: [Element: Int] = [:]

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    /// The element with the least rank.
    var first: (element: Element, rank: Rank)? { entries.first }

    func contains(_ element: Element) -> Bool { places[element] != nil }

    func rank(of element: Element) -> Rank? {
        places[element].map { entries[$0].rank }
    }

    /// Puts the element in, or gives it another rank.
    mutating func set(_ element: Element, _ rank: Rank) {
        guard let place = places[element] else {
            entries.append((element, rank))
            places[element] = entries.count - 1
            return rise(from: entries.count - 1)
        }
        let rises = rank < entries[place].rank
        entries[place].rank = rank
        if rises { rise(from: place) } else { sink(from: place) }
    }

    mutating func remove(_ element: Element) {
        guard let place = places.removeValue(forKey: element) else { return }
        let last = entries.removeLast()
        guard place < entries.count else { return }
        let rises = last.rank < entries[place].rank
        entries[place] = last
        places[last.element] = place
        if rises { rise(from: place) } else { sink(from: place) }
    }

    private mutating func rise(from place: Int) {
        var place = place
        while place > 0 {
            let parent = (place - 1) / 2
            guard entries[place].rank < entries[parent].rank else { return }
            swap(place, parent)
            place = parent
        }
    }

    private mutating func sink(from place: Int) {
        var place = place
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < entries.count {
                if entries[child].rank < entries[least].rank { least = child }
            }
            guard least != place else { return }
            swap(place, least)
            place = least
        }
    }

    private mutating func swap(_ one: Int, _ other: Int) {
        entries.swapAt(one, other)
        places[entries[one].element] = one
        places[entries[other].element] = other
    }
}
