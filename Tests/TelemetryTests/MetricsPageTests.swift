import Telemetry
import Testing

@Suite("Metrics as text")
struct MetricsPageTests {
    private func text(_ registry: MetricsRegistry, _ format: MetricsFormat = .prometheus) -> String {
        String(decoding: registry.page(format), as: UTF8.self)
    }

    @Test("a counter is named with _total in Prometheus' format; OpenMetrics names the family without, and the unit")
    func counters() {
        let registry = MetricsRegistry()
        let family = registry.counter("sent_bytes", unit: .bytes, "Bytes sent.", labels: ["to"])
        family.with("a").add(3)
        family.with("a").add(4)
        #expect(
            text(registry) == """
                # HELP sent_bytes_total Bytes sent.
                # TYPE sent_bytes_total counter
                sent_bytes_total{to="a"} 7

                """)
        #expect(
            text(registry, .openMetrics) == """
                # HELP sent_bytes Bytes sent.
                # TYPE sent_bytes counter
                # UNIT sent_bytes bytes
                sent_bytes_total{to="a"} 7
                # EOF

                """)
    }

    @Test("a histogram has cumulative buckets with bounds in the unit shown, the sum and the count")
    func histograms() {
        let registry = MetricsRegistry()
        let family = registry.histogram(
            "wait_seconds", unit: .seconds, "Waiting.", labels: ["kind"], bounds: [1_000_000, 1_000_000_000])
        let waits = family.with("x")
        for wait in [Duration.microseconds(500), .milliseconds(1), .milliseconds(2), .seconds(3)] {
            waits.observe(wait)
        }
        #expect(
            text(registry) == """
                # HELP wait_seconds Waiting.
                # TYPE wait_seconds histogram
                wait_seconds_bucket{kind="x",le="0.001"} 2
                wait_seconds_bucket{kind="x",le="1.0"} 3
                wait_seconds_bucket{kind="x",le="+Inf"} 4
                wait_seconds_sum{kind="x"} 3.0035
                wait_seconds_count{kind="x"} 4

                """)
    }

    @Test(
        "families come in the order of their names, series in that of their labels; without labels there are no braces")
    func order() {
        let registry = MetricsRegistry()
        let late = registry.gauge("late", "L.", labels: ["n"])
        late.with("2").set(2.5)
        late.with("1").set(-1)
        registry.upDownCounter("early", "E.").with().add(-3)
        #expect(
            text(registry) == """
                # HELP early E.
                # TYPE early gauge
                early -3
                # HELP late L.
                # TYPE late gauge
                late{n="1"} -1
                late{n="2"} 2.5

                """)
    }

    @Test("what could break a line is escaped in label values and in help")
    func escaping() {
        let registry = MetricsRegistry()
        registry.gauge("g", "A \"b\"\nc\\d", labels: ["l"]).with("\"x\\y\nz\"").set(1)
        #expect(text(registry).contains(#"# HELP g A "b"\nc\\d"#))
        #expect(text(registry, .openMetrics).contains(#"# HELP g A \"b\"\nc\\d"#))
        #expect(text(registry).contains(#"g{l="\"x\\y\nz\""} 1"#))
    }

    @Test(
        "numbers are written as both formats read them",
        arguments: [
            (0.1, "0.1"), (1e15, "1000000000000000"), (1e300, "1e+300"), (-0.5, "-0.5"), (.infinity, "+Inf"),
            (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func numbers(value: Double, written: String) {
        let registry = MetricsRegistry()
        registry.gauge("g", "G.").with().set(value)
        #expect(text(registry).hasSuffix("\ng \(written)\n"))
    }

    @Test("a label without a value is left out")
    func emptyLabels() {
        let registry = MetricsRegistry()
        registry.counter("calls", "C.", labels: ["error", "model"]).with("", "m").add()
        #expect(text(registry).hasSuffix("\ncalls_total{model=\"m\"} 1\n"))
    }

    @Test("values that others keep are asked for before they are shown")
    func collectors() {
        let registry = MetricsRegistry()
        let family = registry.gauge("g", "G.")
        registry.onCollect { family.with().set(42) }
        #expect(text(registry).hasSuffix("\ng 42\n"))
    }

    @Test("a disabled registry counts nothing, shows nothing, and can be used like any other")
    func disabled() {
        let registry = MetricsRegistry.disabled
        registry.counter("c", "C.", labels: ["l"]).with("x").add()
        registry.histogram("h", unit: .none, "H.", bounds: [1]).with().observe(5)
        registry.gauge("g", "G.").with().set(1)
        registry.upDownCounter("u", "U.").with().add(1)
        #expect(registry.descriptions == [])
        #expect(text(registry) == "")
        #expect(!registry.isEnabled)
    }
}
