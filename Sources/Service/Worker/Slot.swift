/// One of a worker's places for jobs that are at their model. Lives on the worker's loop.
final class Slot {
    private var onVacated: (() -> Void)?

    /// A slot that is taken. `onVacated` is called once.
    init(_ onVacated: @escaping () -> Void) {
        self.onVacated = onVacated
    }

    /// Somebody else may have it; doing it twice is doing it once.
    func vacate() {
        onVacated?()
        onVacated = nil
    }
}
