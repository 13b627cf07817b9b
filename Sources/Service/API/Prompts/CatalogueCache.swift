public import Domain
public import EventLoop
public import Telemetry

/// The process's copy of the catalogue, which answers clients without the database. It looks for a new revision
/// `interval` after `interval`, and serves what it has while the database is away. What else in the process goes by
/// the catalogue is told of each change.
public final class CatalogueCache: Sendable {
    let catalogue: any PresetCatalogue
    private let snapshot = Lock<CatalogueSnapshot?>(nil)
    private let uses = Lock<[Int: Int]>([:])
    private let upkeep: CopyUpkeep
    private let onChange: @Sendable (CatalogueContents) async -> Void
    private let metrics: APIMetrics

    /// An empty cache; `refresh` fills it. Uses of presets are stored every `usesInterval`. `onChange` is called with
    /// what was read, by whoever read it; of two at once the older may come last.
    public init(
        _ catalogue: any PresetCatalogue, interval: Duration = .milliseconds(750),
        usesInterval: Duration = .seconds(10), logger: Logger,
        onChange: @escaping @Sendable (CatalogueContents) async -> Void = { _ in }, metrics: APIMetrics = .disabled
    ) {
        self.onChange = onChange
        self.catalogue = catalogue
        upkeep = CopyUpkeep(
            interval: interval, usesInterval: usesInterval, complaint: "the catalogue cannot be read", logger: logger)
        self.metrics = metrics
    }

    /// What is known; nil before the first refresh.
    var current: CatalogueSnapshot? { snapshot.withLock { $0 } }

    /// Reads the catalogue if it has changed. Of two refreshes at once the one with the younger contents wins.
    public func refresh() async throws(StoreError) {
        if let known = current?.contents.revision, try await catalogue.revision() == known { return }
        let read = CatalogueSnapshot(try await catalogue.contents())
        snapshot.withLock { known in
            if known.map({ $0.contents.revision <= read.contents.revision }) ?? true { known = read }
        }
        await onChange(read.contents)
    }

    /// Counts a use when the text is a preset's template. There are never more counters than presets.
    func noteUse(_ text: String) {
        guard let current, let id = current.preset(withTemplate: text) else { return }
        uses.withLock { $0[id, default: 0] += 1 }
        guard metrics.registry.isEnabled, let preset = current.contents.presets.first(where: { $0.id == id }) else {
            return
        }
        metrics.presetUses.with(preset.draft.category, preset.draft.name).add()
    }

    /// Stores the uses counted so far; they are kept when that fails.
    public func storeUses() async {
        let taken = uses.withLock { uses in
            let taken = uses
            uses = [:]
            return taken
        }
        guard !taken.isEmpty else { return }
        do throws(StoreError) {
            try await catalogue.addUses(taken)
        } catch .inDoubt {
            // Counting a use twice would be worse than losing it.
            return
        } catch {
            uses.withLock { $0.merge(taken, uniquingKeysWith: +) }
        }
    }

    /// Looks for changes and stores uses until the task is cancelled.
    public func run(on loop: EventLoop) async {
        await upkeep.run(on: loop, refresh: refresh, storeUses: storeUses)
    }
}
