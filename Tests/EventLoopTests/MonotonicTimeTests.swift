import EventLoop
import Testing

@Suite("Monotonic time")
struct MonotonicTimeTests {
    private static let never = MonotonicTime(nanoseconds: .max)
    private static let notYet = MonotonicTime(nanoseconds: .min)
    private static let longest = Duration.nanoseconds(Int64.max)

    @Test("what has not been yet is as long ago as can be told, and what never comes as far away")
    func differences() {
        let now = MonotonicTime.now
        #expect(now - Self.notYet == Self.longest)
        #expect(Self.notYet - now == Duration.nanoseconds(Int64.min))
        #expect(Self.never - Self.notYet == Self.longest)
        #expect(Self.never - now == Self.longest - Duration.nanoseconds(now.nanoseconds))
        #expect((now + .seconds(2)) - now == .seconds(2) && now - (now + .seconds(2)) == .seconds(-2))
    }

    @Test("sums stay within what can be told, on either side")
    func sums() {
        #expect(MonotonicTime.now + .seconds(Int64.max) == Self.never)
        #expect(Self.notYet + .seconds(-1) == Self.notYet)
        #expect(Self.never + .seconds(-1) < Self.never)
    }
}
