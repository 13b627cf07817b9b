import EventLoop
import TestSupport
import Testing

@Suite("Byte stream", .timeLimit(.minutes(10)))
struct ByteStreamTests {
    @Test("bytes arrive as they were written, and a reader without bytes is told so")
    func roundTrip() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            #expect(try pair.far.readOnce().outcome == .wouldBlock)
            try await pair.near.write([1, 2, 3])
            try await pair.far.waitUntilReadable()
            #expect(try pair.far.readOnce().bytes == [1, 2, 3])
        }
    }

    @Test("the end of the other side comes after its last byte, and again at each read")
    func endOfStream() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            try await pair.near.write([7])
            pair.near.endWriting()
            #expect(try await pair.far.readToEnd() == [7])
            #expect(try pair.far.readOnce().outcome == .endOfStream)
            try await pair.far.write([8])
            try await pair.near.waitUntilReadable()
            #expect(try pair.near.readOnce().bytes == [8])
        }
    }

    @Test("writing to someone who is gone fails as disconnected")
    func disconnected() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            pair.far.close()
            await #expect(throws: StreamError.disconnected) { try await pair.near.write([1]) }
        }
    }

    @Test("waiting for bytes ends at the deadline, not before, and the stream lives on")
    func readDeadline() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            _ = try pair.far.readOnce()
            let deadline = MonotonicTime.now + .milliseconds(15)
            await #expect(throws: StreamError.timedOut) { try await pair.far.waitUntilReadable(deadline: deadline) }
            #expect(MonotonicTime.now >= deadline)
            try await pair.near.write([1])
            try await pair.far.waitUntilReadable(deadline: .now + .seconds(10))
            #expect(try pair.far.readOnce().bytes == [1])
        }
    }

    @Test("an earlier deadline of the writer is kept while a reader waits for a later one")
    func earlierDeadline() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            _ = try pair.near.readOnce()
            let near = LoopBound(pair.near, to: loop)
            let reading = loop.spawn { try await near.value.waitUntilReadable(deadline: .now + .seconds(30)) }
            try await loop.sleep(for: .zero)
            let start = MonotonicTime.now
            await #expect(throws: StreamError.timedOut) {
                try await pair.near.write([UInt8](repeating: 0, count: 8 << 20), stall: .milliseconds(20))
            }
            #expect(MonotonicTime.now - start < .seconds(10))
            try await pair.far.write([5])
            try await reading.value
            #expect(try pair.near.readOnce().bytes == [5])
        }
    }

    @Test("a later wait is not cut short by the deadline of an earlier one")
    func laterDeadline() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            let near = LoopBound(pair.near, to: loop)
            _ = try pair.far.readOnce()
            _ = loop.schedule(after: .milliseconds(2)) {
                #expect(throws: Never.self) { try [9].withUnsafeBytes { _ = try near.value.writeSome($0) } }
            }
            try await pair.far.waitUntilReadable(deadline: .now + .seconds(2))
            _ = try pair.far.readOnce()
            while try pair.far.readOnce().outcome != .wouldBlock {}
            let deadline = MonotonicTime.now + .milliseconds(2200)
            await #expect(throws: StreamError.timedOut) { try await pair.far.waitUntilReadable(deadline: deadline) }
            #expect(MonotonicTime.now >= deadline)
        }
    }

    @Test("a large write passes whole through a slow reader")
    func slowReader() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            let sent = patternedBytes(1 << 20)
            let near = LoopBound(pair.near, to: loop)
            let writing = loop.spawn {
                try await near.value.write(sent, stall: .seconds(10))
                near.value.endWriting()
            }
            var received: [UInt8] = []
            reading: while true {
                let (outcome, bytes) = try pair.far.readOnce(atMost: 50_000)
                switch outcome {
                case .bytes:
                    received += bytes
                    try await loop.sleep(for: .milliseconds(1))
                case .wouldBlock: try await pair.far.waitUntilReadable(deadline: .now + .seconds(10))
                case .endOfStream: break reading
                }
            }
            try await writing.value
            #expect(received == sent)
        }
    }

    @Test("an interruption ends the pending wait and every later call")
    func interrupt() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            _ = try pair.near.readOnce()
            let near = LoopBound(pair.near, to: loop)
            _ = loop.schedule(after: .milliseconds(1)) { near.value.interrupt() }
            await #expect(throws: StreamError.interrupted) { try await pair.near.waitUntilReadable() }
            #expect(throws: StreamError.interrupted) { try pair.near.readOnce() }
            await #expect(throws: StreamError.interrupted) { try await pair.near.write([1]) }
        }
    }

    @Test("a woken reader looks again and finds what is there, which may be nothing")
    func wakeReader() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            _ = try pair.near.readOnce()
            let near = LoopBound(pair.near, to: loop)
            _ = loop.schedule(after: .milliseconds(1)) { near.value.wakeReader() }
            try await pair.near.waitUntilReadable(deadline: .now + .seconds(10))
            #expect(try pair.near.readOnce().outcome == .wouldBlock)
        }
    }

    @Test("closing ends the pending wait, and closing twice is harmless")
    func close() async throws {
        try await onLoop { loop in
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            _ = try pair.near.readOnce()
            let near = LoopBound(pair.near, to: loop)
            _ = loop.schedule(after: .milliseconds(1)) {
                near.value.close()
                near.value.close()
            }
            await #expect(throws: StreamError.disconnected) { try await pair.near.waitUntilReadable() }
            #expect(try await pair.far.readToEnd().isEmpty)
        }
    }
}
