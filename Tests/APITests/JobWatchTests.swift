import Domain
import EventLoop
import TestSupport
import Testing

@testable import API

@Suite("Job watch", .timeLimit(.minutes(10)))
struct JobWatchTests {
    @Test("a wait ends when its task is cancelled, before or after it has begun", arguments: [true, false])
    func cancelled(before: Bool) async throws {
        try await TestAPI.with { test in
            let watch = test.watch
            let waiting = test.loop.spawn {
                await watch.value.wait(for: .sample, knownState: nil, atMost: .seconds(600))
            }
            if !before { try await test.loop.sleep(for: .milliseconds(2)) }
            waiting.cancel()
            try await waiting.value
        }
    }
}
