import EventLoop
import HTTPClient
import JSON
import Telemetry

/// Sends spans to a collector by OpenTelemetry's protocol, OTLP over HTTP in its JSON form (`/v1/traces`), in batches.
/// A batch that the collector does not take is tried once more and given up then: traces are not worth memory.
/// Lives on one loop.
final class SpanExporter {
    private let queue: SpanQueue
    private let url: String
    private let serviceName: String
    private let client: HTTPClient
    private let logger: Logger
    private let exported: Counter
    private let lost: Counter
    private let signal: Signal
    private var isClosing = false
    private static let interval = Duration.seconds(1)
    private static let batch = 512
    private static let patience = Duration.seconds(10)

    /// `endpoint` is the collector's address without the path. Throws when it cannot be asked at all.
    init(
        _ queue: SpanQueue, endpoint: String, serviceName: String, on loop: EventLoop, logger: Logger,
        metrics: SpanMetrics
    ) throws(HTTPClientError) {
        self.queue = queue
        url = (endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint) + "/v1/traces"
        self.serviceName = serviceName
        client = try HTTPClient(
            on: loop, configuration: HTTPClientConfiguration(userAgent: "gigaoffice/\(ProgramVersion.current)"))
        self.logger = logger
        signal = Signal(on: loop)
        exported = metrics.exported
        lost = metrics.lost
    }

    /// Sends what comes until `close`, and what there is then.
    func run() async {
        var isLast = false
        repeat {
            // Asked before the sending: what comes while that is under way gets a round of its own.
            isLast = isClosing || Task.isCancelled
            if !isLast { await signal.wait(atMost: Self.interval) }
            while await sendBatch() {}
        } while !isLast
        client.close()
    }

    /// Has `run` send what is left and return.
    func close() {
        isClosing = true
        signal.ring()
    }

    /// True when there may be more.
    private func sendBatch() async -> Bool {
        let (spans, lost) = queue.take(Self.batch)
        self.lost.add(lost)
        guard !spans.isEmpty else { return false }
        let body = Self.body(spans, serviceName)
        for isLast in [false, true] {
            do throws(HTTPClientError) {
                let answer = try await client.send(
                    ClientRequest(
                        "POST", url, headers: ["Content-Type": "application/json"], body: body,
                        timeout: Self.patience))
                guard !(200..<300).contains(answer.status) else {
                    exported.add(spans.count)
                    return spans.count == Self.batch
                }
                if isLast { logger.warning("the collector refused spans", ["status": .integer(answer.status)]) }
            } catch {
                if isLast { logger.warning("the collector cannot be reached", ["reason": "\(error)"]) }
            }
        }
        self.lost.add(spans.count)
        return spans.count == Self.batch
    }

    // MARK: The form

    static func body(_ spans: [Span], _ serviceName: String) -> [UInt8] {
        JSONWriter.object(capacity: 512 * spans.count) { object in
            object.array("resourceSpans") { list in
                list.object { resource in
                    resource.object("resource") { resource in
                        write([("service.name", .text(serviceName))], to: &resource)
                    }
                    resource.array("scopeSpans") { scopes in
                        scopes.object { scope in
                            scope.object("scope") { $0.field("name", "gigaoffice") }
                            scope.array("spans") { list in
                                for span in spans { list.object { write(span, to: &$0) } }
                            }
                        }
                    }
                }
            }
        }
    }

    /// 64-bit numbers are texts in this form, as in all JSON of Protocol Buffers.
    private static func write(_ span: Span, to object: inout JSONObjectWriter) {
        object.field("traceId", span.context.traceID)
        object.field("spanId", span.context.spanID)
        object.field("parentSpanId", ifPresent: span.parentSpanID)
        object.field("name", span.name)
        object.field("kind", span.kind.rawValue)
        object.field("startTimeUnixNano", String(span.start.microseconds * 1000))
        object.field("endTimeUnixNano", String(span.end.microseconds * 1000))
        let failure: [(String, Logger.Value)] = span.failure.map { [("error.type", .text($0))] } ?? []
        write(span.attributes + failure, to: &object)
        if span.failure != nil { object.object("status") { $0.field("code", 2) } }
    }

    private static func write(_ attributes: [(String, Logger.Value)], to object: inout JSONObjectWriter) {
        object.array("attributes") { list in
            for (name, value) in attributes {
                list.object { attribute in
                    attribute.field("key", name)
                    attribute.object("value") { object in
                        switch value {
                        case .text(let text): object.field("stringValue", text)
                        case .integer(let number): object.field("intValue", String(number))
                        case .number(let number): object.field("doubleValue", number)
                        }
                    }
                }
            }
        }
    }
}
