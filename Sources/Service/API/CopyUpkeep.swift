import Domain
import EventLoop
import Telemetry

/// Keeps a process's copy of something in the store up to date, and brings back how it was used.
struct CopyUpkeep: Sendable {
    /// Between two looks for changes.
    let interval: Duration
    /// Between two times that uses are stored, at least.
    let usesInterval: Duration
    /// What the log is told once when an outage begins.
    let complaint: String
    let logger: Logger

    /// Works until the task is cancelled.
    func run(
        on loop: EventLoop, refresh: () async throws(StoreError) -> Void, storeUses: () async -> Void
    ) async {
        var isAway = false
        var stored = MonotonicTime.now
        repeat {
            do throws(StoreError) {
                try await refresh()
                isAway = false
            } catch {
                if !isAway { logger.warning(complaint, ["reason": "\(error)"]) }
                isAway = true
            }
            if MonotonicTime.now - stored >= usesInterval {
                await storeUses()
                stored = .now
            }
        } while await loop.pause(for: interval)
    }
}
