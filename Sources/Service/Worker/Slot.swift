/// A job's claim to one of a worker's places at the model. Lives on the worker's loop.
final class Slot {
    private let slots: WeightedSemaphore
    private var isOccupied = false
    private var onVacated: (() -> Void)?

    /// One of `slots`, which is not occupied yet. `onVacated` is called once.
    init(of slots: WeightedSemaphore, _ onVacated: @escaping () -> Void) {
        self.slots = slots
        self.onVacated = onVacated
    }

    /// Occupies the slot if one is free.
    func occupyNow() -> Bool {
        isOccupied = slots.acquireNow(1)
        return isOccupied
    }

    /// Waits until one is free. False when `job` is stopped before.
    func occupy(for job: RunningJob) async -> Bool {
        let place = slots.queue(1)
        job.onStop = { [slots] in slots.withdraw(place) }
        isOccupied = await place.wait()
        job.onStop = nil
        return isOccupied
    }

    /// Somebody else may have it, whether it was occupied or not; doing it twice is doing it once.
    func vacate() {
        if isOccupied { slots.release(1) }
        isOccupied = false
        onVacated?()
        onVacated = nil
    }
}
