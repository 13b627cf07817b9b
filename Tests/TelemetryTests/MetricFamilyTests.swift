import Foundation
import Telemetry
import Testing

@Suite("Families of metrics")
struct MetricFamilyTests {
    private func lines(_ registry: MetricsRegistry) -> [String] {
        String(decoding: registry.page(.prometheus), as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    @Test("beyond the limit, what has new labels is counted together; what was there before goes on")
    func overflow() {
        let registry = MetricsRegistry()
        let family = registry.counter("c", "C.", labels: ["a", "b"], limit: 2)
        for name in ["1", "2", "3", "4", "1"] { family.with(name, "x").add() }
        #expect(
            lines(registry) == [
                #"c_total{a="1",b="x"} 2"#, #"c_total{a="2",b="x"} 1"#, #"c_total{a="other",b="other"} 2"#,
            ])
    }

    @Test("a value from outside is cut at 120 characters, and finds its series again")
    func longValues() {
        let registry = MetricsRegistry()
        let family = registry.counter("c", "C.", labels: ["a"])
        let long = String(repeating: "я", count: 500)
        family.with(long).add()
        family.with(long).add()
        #expect(lines(registry) == [#"c_total{a="\#(long.prefix(120))"} 2"#])
    }

    @Test("series are kept apart however many are counted by turns, also when one is gone and comes again")
    func turns() {
        let registry = MetricsRegistry()
        let family = registry.counter("c", "C.", labels: ["a"])
        for turn in 0..<70 { family.with("\(turn % 7)").add(turn % 7 + 1) }
        #expect(lines(registry) == (0..<7).map { #"c_total{a="\#($0)"} \#(10 * ($0 + 1))"# })
        let gauges = MetricsRegistry()
        let set = gauges.gauge("g", "G.", labels: ["p"])
        for _ in 0..<3 { set.set([["0"]: 1]) }
        set.set([["1"]: 2])
        set.set([["0"]: 5])
        #expect(lines(gauges) == [#"g{p="0"} 5"#])
    }

    @Test("a set of gauges is replaced as a whole: what is gone is shown no more")
    func replaced() {
        let registry = MetricsRegistry()
        let family = registry.gauge("g", "G.", labels: ["p"])
        family.set([["0"]: 1, ["1"]: 2])
        family.set([["1"]: 3, ["2"]: 4])
        #expect(lines(registry) == [#"g{p="1"} 3"#, #"g{p="2"} 4"#])
    }

    @Test("a counter never goes back, and values below zero count as zero in a histogram")
    func negative() {
        let registry = MetricsRegistry()
        let counter = registry.counter("c", "C.").with()
        counter.add(2)
        counter.add(-5)
        let histogram = registry.histogram("h", unit: .none, "H.", bounds: [1]).with()
        histogram.observe(-7)
        #expect(lines(registry).contains("c_total 2"))
        #expect(lines(registry).contains("h_sum 0"))
    }

    @Test("a value on a bound belongs to that bucket", arguments: [(10, "1"), (11, "0")])
    func bounds(value: Int, count: String) {
        let registry = MetricsRegistry()
        registry.histogram("h", unit: .none, "H.", bounds: [10]).with().observe(value)
        #expect(lines(registry)[0] == "h_bucket{le=\"10.0\"} \(count)")
    }

    @Test("no count is lost when threads count at the same time, on shards of their own or on one")
    func threads() async {
        let registry = MetricsRegistry(threads: 4)
        let counter = registry.counter("c", "C.", isSharded: true).with()
        let histogram = registry.histogram("h", unit: .none, "H.", bounds: [3], isSharded: true).with()
        let family = registry.counter("f", "F.", labels: ["n"])
        await withTaskGroup(of: Void.self) { group in
            for thread in 0..<8 {
                group.addTask {
                    for number in 0..<10_000 {
                        counter.add(1, shard: thread)
                        histogram.observe(number % 5, shard: thread)
                        family.with("\(number % 3)").add()
                    }
                }
            }
        }
        let lines = lines(registry)
        #expect(lines.contains("c_total 80000"))
        #expect(lines.contains("h_count 80000"))
        #expect(lines.contains("h_bucket{le=\"3.0\"} 64000"))
        #expect(lines.contains("h_sum 160000"))
        #expect(lines.contains(#"f_total{n="0"} 26672"#))
    }

    @Test("the descriptions say what there is, as it is asked for")
    func descriptions() {
        let registry = MetricsRegistry()
        _ = registry.gauge("b_bytes", unit: .bytes, "B.", labels: ["x"])
        _ = registry.counter("a", "A.")
        #expect(registry.descriptions.map(\.exposedName) == ["a_total", "b_bytes"])
        #expect(registry.descriptions.map(\.labels) == [[], ["x"]])
        #expect(registry.descriptions.map(\.unit) == [nil, "bytes"])
    }
}
