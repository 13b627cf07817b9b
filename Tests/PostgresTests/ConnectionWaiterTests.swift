import EventLoop
import TestSupport
import Testing

@testable import Postgres

@Suite("Waiting for a connection")
struct ConnectionWaiterTests {
    @Test("a task that a connection and its patience wake in one turn of the loop goes on once")
    func wokenTwice() async throws {
        try await onLoop { loop in
            let waiter = ConnectionWaiter()
            _ = loop.schedule(after: .zero) { waiter.wake() }
            _ = loop.schedule(after: .zero) { waiter.wake() }
            await waiter.wait()
        }
    }
}
