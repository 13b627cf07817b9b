import EventLoop
import JSON

/// The whole measurement: the well-behaved clients alone and, where a crowd was asked for, beside it.
final class LoadRun {
    /// How long a crowd may take to come; then it is measured as it is.
    private static let arrivalLimit = Duration.seconds(30)

    private let options: LoadOptions
    private let loop: EventLoop

    init(_ options: LoadOptions, on loop: EventLoop) {
        self.options = options
        self.loop = loop
    }

    /// Returns the report, one JSON object.
    func report() async -> [UInt8] {
        let alone = await measure(beside: [])
        guard options.hasCrowd else {
            return JSONWriter.object { $0.field("alone", alone) }
        }
        let before = options.process.flatMap(ResidentMemory.bytes)
        let crowds = makeCrowds()
        await wait(for: crowds)
        let after = options.process.flatMap(ResidentMemory.bytes)
        let lossesBefore = crowds.map(\.losses)
        let beside = await measure(beside: crowds)
        let report = JSONWriter.object(capacity: 1_024) { object in
            object.field("alone", alone)
            object.field("beside", beside)
            object.object("crowd") { crowd in
                for (index, name) in ["idle", "slow_heads", "slow_readers"].enumerated() {
                    crowd.object(name) { describe(crowds[index], lossesBefore[index], to: &$0) }
                }
            }
            object.field("memory_before", before)
            object.field("memory_after", after)
        }
        for crowd in crowds { crowd.close() }
        return report
    }

    private func describe(_ crowd: Crowd, _ lossesBefore: Int, to object: inout JSONObjectWriter) {
        object.field("clients", crowd.members.count)
        object.field("in_place", crowd.inPlace)
        object.field("losses_on_arrival", lossesBefore)
        object.field("losses", crowd.losses - lossesBefore)
    }

    private func measure(beside crowds: [Crowd]) async -> LoadResult {
        let clients = OpenLoop(options, on: loop)
        await Spin(loop: loop).run { now in
            for crowd in crowds { crowd.advance(to: now) }
            return clients.advance(to: now)
        }
        return clients.finish()
    }

    /// In the order of the report. Numbers after those of the well-behaved clients, so that all spread over the
    /// source addresses alike.
    private func makeCrowds() -> [Crowd] {
        var number = options.connections
        func members(_ count: Int, _ make: (Int) -> any CrowdMember) -> [any CrowdMember] {
            defer { number += count }
            return (number..<number + count).map(make)
        }
        let (target, request, slowRequest) = (options.target, options.requests[0], options.slowRequest)
        let idle = members(options.idle) { IdleClient(to: target, number: $0, request: request, on: loop) }
        let heads = members(options.slowHeads) { SlowHeadClient(to: target, number: $0, on: loop) }
        let readers = members(options.slowReaders) {
            SlowReadClient(to: target, number: $0, request: slowRequest, on: loop)
        }
        // The silent ones have nothing to do after they came; slowly, so that the server's queue does not overflow.
        return [Crowd(idle, period: 4), Crowd(heads, period: 1), Crowd(readers, period: 1)]
    }

    private func wait(for crowds: [Crowd]) async {
        let limit = MonotonicTime.now + Self.arrivalLimit
        let settling = Duration.seconds(options.settling)
        var nextLook = MonotonicTime.now
        var settledAt: MonotonicTime?
        await Spin(loop: loop).run { now in
            for crowd in crowds { crowd.advance(to: now) }
            if let settledAt { return now >= settledAt }
            if now >= limit { return true }
            guard now >= nextLook else { return false }
            nextLook = now + .milliseconds(100)
            // The others were cut off just now and are on their way back.
            if crowds.allSatisfy({ $0.inPlace * 10 >= $0.members.count * 9 }) {
                settledAt = now + settling
            }
            return false
        }
    }
}
