import EventLoop
import Glibc
import TestSupport
import Testing

@Suite("Bell", .timeLimit(.minutes(10)))
struct BellTests {
    private static func ring(_ descriptor: Int32) {
        var one: UInt64 = 1
        #expect(write(descriptor, &one, 8) == 8)
    }

    @Test("a ring from another thread runs the action on the loop")
    func rings() async throws {
        try await onLoops(2) { group in
            let loop = group.loops[0]
            let rings = Lock(0)
            let bell = try Bell(on: loop) {
                loop.preconditionInLoop()
                rings.withLock { $0 += 1 }
            }
            defer { bell.close() }
            let descriptor = bell.descriptor
            await group.loops[1].perform { Self.ring(descriptor) }
            #expect(try await eventually(on: loop) { rings.withLock { $0 } == 1 })
            await group.loops[1].perform { Self.ring(descriptor) }
            #expect(try await eventually(on: loop) { rings.withLock { $0 } == 2 })
        }
    }

    @Test("rings that come before the loop wakes are one")
    func gathers() async throws {
        try await onLoop { loop in
            let rings = Lock(0)
            let bell = try Bell(on: loop) { rings.withLock { $0 += 1 } }
            defer { bell.close() }
            for _ in 0..<5 { Self.ring(bell.descriptor) }
            #expect(try await eventually(on: loop) { rings.withLock { $0 } > 0 })
            try await loop.sleep(for: .milliseconds(5))
            #expect(rings.withLock { $0 } == 1)
        }
    }
}
