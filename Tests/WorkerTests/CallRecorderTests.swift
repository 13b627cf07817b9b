import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing
import Worker

@Suite("The recorder of model calls", .timeLimit(.minutes(10)))
struct CallRecorderTests {
    /// Keeps calls in memory, and fails as told.
    private final class MemoryJournal: CallJournal, Sendable {
        struct State: Sendable {
            var calls: [ModelCall] = []
            var batches: [Int] = []
            var isAway = false
            var attempts = 0
            /// A call with this answer is refused.
            var refused: String?
        }

        let state = Lock(State())

        func append(_ calls: [ModelCall]) async throws(StoreError) {
            let failure: StoreError? = state.withLock { state in
                state.attempts += 1
                if state.isAway { return .unavailable("away") }
                if let refused = state.refused, calls.contains(where: { $0.answer == refused }) {
                    return .rejected("refused")
                }
                state.calls += calls
                state.batches.append(calls.count)
                return nil
            }
            if let failure { throw failure }
        }

        var callers: [String] { state.withLock { $0.calls.map(\.callerID) } }
    }

    private static func call(_ name: Int, answer: String? = nil) -> ModelCall {
        var call = ModelCall(
            id: CallID(at: .now), callerID: "\(name)", stage: .chat, startedAt: WallTime(microseconds: 1))
        call.answer = answer
        return call
    }

    private static var quick: CallRecorder.Limits {
        var limits = CallRecorder.Limits()
        limits.gathering = .milliseconds(1)
        return limits
    }

    private func with(
        _ limits: CallRecorder.Limits = quick,
        _ body: @escaping @Sendable (CallRecorder, MemoryJournal, EventLoop) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let journal = MemoryJournal()
            let recorder = CallRecorder(on: loop, limits: limits, logger: try quietLogger())
            let running = loop.spawn { await recorder.run(storingIn: journal, on: loop) }
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(recorder, journal, loop))
            } catch {
                result = .failure(error)
            }
            running.cancel()
            _ = await running.result
            try result.get()
        }
    }

    @Test("calls are stored in their order, in batches")
    func batches() async throws {
        var limits = Self.quick
        limits.batch = 3
        try await with(limits) { (recorder, journal, loop) async throws in
            for name in 1...7 { recorder.note(Self.call(name)) }
            #expect(try await eventually(on: loop) { journal.callers.count == 7 })
            #expect(journal.callers == (1...7).map(String.init))
            #expect(journal.state.withLock { $0.batches } == [3, 3, 1])
        }
    }

    @Test("large texts make small batches")
    func largeTexts() async throws {
        var limits = Self.quick
        limits.batchBytes = 10
        try await with(limits) { (recorder, journal, loop) async throws in
            for (name, size) in [4, 4, 4, 50, 1].enumerated() {
                recorder.note(Self.call(name, answer: String(repeating: "x", count: size)))
            }
            #expect(try await eventually(on: loop) { journal.callers.count == 5 })
            #expect(journal.state.withLock { $0.batches } == [2, 1, 1, 1])
        }
    }

    @Test("while the journal is away calls wait, and are stored when it is back")
    func outage() async throws {
        try await with { (recorder, journal, loop) async throws in
            journal.state.withLock { $0.isAway = true }
            recorder.note(Self.call(1))
            #expect(try await eventually(on: loop) { journal.state.withLock { $0.attempts } >= 2 })
            recorder.note(Self.call(2))
            journal.state.withLock { $0.isAway = false }
            #expect(try await eventually(on: loop) { journal.callers == ["1", "2"] })
        }
    }

    @Test("what does not fit is lost, counted, and holds up nobody")
    func full() async throws {
        var limits = Self.quick
        limits.calls = 3
        limits.textBytes = 10
        try await onLoop { [limits] loop in
            let journal = MemoryJournal()
            let recorder = CallRecorder(on: loop, limits: limits, logger: try quietLogger())
            recorder.note(Self.call(1, answer: "12345678"))
            recorder.note(Self.call(2, answer: "123"))
            for name in 3...9 { recorder.note(Self.call(name)) }
            recorder.close()
            await recorder.run(storingIn: journal, on: loop)
            #expect(journal.callers == ["1", "3", "4"])
        }
    }

    @Test("a call that the journal refuses does the others no harm")
    func refused() async throws {
        try await with { (recorder, journal, loop) async throws in
            journal.state.withLock { $0.refused = "bad" }
            for name in 1...3 { recorder.note(Self.call(name, answer: name == 2 ? "bad" : nil)) }
            #expect(try await eventually(on: loop) { journal.callers == ["1", "3"] })
        }
    }

    @Test("closing stores what waits and ends, also when the journal is away")
    func closing() async throws {
        try await onLoop { loop in
            let journal = MemoryJournal()
            let recorder = CallRecorder(on: loop, logger: try quietLogger())
            recorder.note(Self.call(1))
            recorder.close()
            await recorder.run(storingIn: journal, on: loop)
            #expect(journal.callers == ["1"])
            journal.state.withLock { $0.isAway = true }
            recorder.note(Self.call(2))
            await recorder.run(storingIn: journal, on: loop)
            #expect(journal.state.withLock { $0.attempts } == 2)
        }
    }
}
