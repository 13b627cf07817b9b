import Foundation
import JSON
import Telemetry
import Testing
import YAML

@testable import App

@Suite("What deploy gives Prometheus and Grafana")
struct MonitoringTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    /// The labels that Prometheus adds.
    private static let added: Set = ["job", "instance"]

    private static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: "deploy/\(path)")))
    }

    private static func rules() throws -> [YAMLNode] {
        let groups = try #require(try YAMLParser.parse(bytes("prometheus/rules.yml"))["groups"]?.elements)
        return groups.flatMap { $0["rules"]?.elements ?? [] }
    }

    private static func panels() throws -> [JSONValue] {
        let board = try JSONParser().parse(bytes("grafana/dashboards/gigaoffice.json"))
        return try #require(board["panels"]?.arrayValue)
    }

    private static func queries() throws -> [String] {
        let shown = try panels().flatMap { $0["targets"]?.arrayValue ?? [] }.compactMap { $0["expr"]?.stringValue }
        return try rules().compactMap { $0["expr"]?.text } + shown
    }

    /// The names under which a family's samples are stored, with their labels.
    private static func series() -> [String: Set<String>] {
        let metrics = ServiceMetrics(isEnabled: true, loops: 1, categories: [], role: "all")
        var series: [String: Set<String>] = ["up": added]
        for family in metrics.registry.descriptions {
            let labels = added.union(family.labels)
            guard family.kind == .histogram else {
                series[family.exposedName] = labels
                continue
            }
            series["\(family.name)_bucket"] = labels.union(["le"])
            series["\(family.name)_sum"] = labels
            series["\(family.name)_count"] = labels
        }
        return series
    }

    @Test("the dashboard and the alerts ask for metrics and labels that the registry has")
    func names() throws {
        let series = Self.series()
        let queries = try Self.queries()
        #expect(queries.count > 40)
        for query in queries {
            let parts = MetricQuery(query)
            #expect(!parts.selectors.isEmpty, "\(query)")
            for selector in parts.selectors {
                let labels = series[selector.name]
                #expect(labels != nil, "no such metric: \(selector.name)")
                #expect(labels?.isSuperset(of: selector.labels + parts.groups) ?? true, "\(query)")
            }
        }
    }

    @Test("the dashboard shows what is counted of jobs and of Kafka's workers")
    func counters() throws {
        let shown = try Self.panels().flatMap { $0["targets"]?.arrayValue ?? [] }.compactMap { $0["expr"]?.stringValue }
        for name in ["gigaoffice_jobs_cancelled_total", "kafka_consumer_lost_logs_total"] {
            #expect(shown.contains { $0.contains(name) }, "\(name)")
        }
    }

    @Test("a query is taken apart into its metrics, their labels and its groups")
    func takenApart() {
        let query = MetricQuery(
            #"sum by (le, a) (rate(x_bucket{b=~"c|{d}",e!="f"}[5m])) > 0.5 * max(y) unless z{} offset 5m"#)
        #expect(
            query.selectors == [
                .init(name: "x_bucket", labels: ["b", "e"]), .init(name: "y", labels: []), .init(name: "z", labels: []),
            ])
        #expect(query.groups == ["le", "a"])
    }

    @Test("for each alert there is a case in which it fires and one in which it does not")
    func cases() throws {
        let tests = try YAMLParser.parse(Self.bytes("prometheus/rules.test.yml"))["tests"]?.elements ?? []
        let cases = tests.flatMap { $0["alert_rule_test"]?.elements ?? [] }
        for rule in try Self.rules() {
            let name = try #require(rule["alert"]?.text)
            let expected = cases.filter { $0["alertname"]?.text == name }.map { $0["exp_alerts"]?.elements ?? [] }
            #expect(expected.contains { !$0.isEmpty }, "\(name) never fires")
            #expect(expected.contains { $0.isEmpty }, "\(name) always fires")
        }
    }

    @Test("each alert has a severity, what is wrong and what to do")
    func texts() throws {
        for rule in try Self.rules() {
            let name = rule["alert"]?.text ?? ""
            #expect(["warning", "critical"].contains(rule["labels"]?["severity"]?.text), "\(name)")
            #expect(rule["annotations"]?["summary"]?.text?.isEmpty == false, "\(name)")
            #expect(rule["annotations"]?["action"]?.text?.isEmpty == false, "\(name)")
        }
    }

    @Test("the dashboard's panels lie side by side, each within the width")
    func layout() throws {
        var taken: Set<[Int]> = []
        for panel in try Self.panels() {
            let place = try #require(panel["gridPos"])
            let (x, y) = (place["x"]?.intValue ?? -1, place["y"]?.intValue ?? -1)
            let (width, height) = (place["w"]?.intValue ?? 0, place["h"]?.intValue ?? 0)
            #expect(x >= 0 && y >= 0 && x + width <= 24 && height > 0, "\(panel["title"]?.stringValue ?? "")")
            for column in x..<(x + width) {
                for line in y..<(y + height) {
                    #expect(taken.insert([column, line]).inserted, "\(panel["title"]?.stringValue ?? "")")
                }
            }
        }
    }
}
