import Testing

@testable import HTTPClient

@Suite("Line for connections")
struct HostQueuesTests {
    private final class Waiter {}

    @Test("lets so many run per host and the next in order of coming")
    func order() {
        var queues = HostQueues<Waiter>(limitPerHost: 1, waitingLimit: 2)
        let (first, second, third) = (Waiter(), Waiter(), Waiter())
        #expect(queues.admit(first, to: "a") == .start)
        #expect(queues.admit(second, to: "a") == .wait)
        #expect(queues.admit(third, to: "a") == .wait)
        #expect(queues.leave("a") === second)
        #expect(queues.leave("a") === third)
        #expect(queues.leave("a") == nil)
        #expect(queues.admit(first, to: "a") == .start)
    }

    @Test("hosts don't wait for each other, but share the room for waiting")
    func hosts() {
        var queues = HostQueues<Waiter>(limitPerHost: 1, waitingLimit: 1)
        #expect(queues.admit(Waiter(), to: "a") == .start)
        #expect(queues.admit(Waiter(), to: "b") == .start)
        #expect(queues.admit(Waiter(), to: "a") == .wait)
        #expect(queues.admit(Waiter(), to: "b") == .refuse)
    }

    @Test("one that gives up makes room")
    func withdrawal() {
        var queues = HostQueues<Waiter>(limitPerHost: 1, waitingLimit: 1)
        let waiter = Waiter()
        #expect(queues.admit(Waiter(), to: "a") == .start)
        #expect(queues.admit(waiter, to: "a") == .wait)
        queues.withdraw(waiter, from: "a")
        #expect(queues.waitingCount == 0)
        #expect(queues.leave("a") == nil)
    }
}
