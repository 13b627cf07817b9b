import Domain
import EventLoop
import JSON
import Telemetry

/// How the calls of models that a job came to are printed.
enum ModelCallText {
    /// A line for each call, for people.
    static func table(_ calls: [ModelCall]) -> String {
        let title = ["STARTED", "STAGE", "MODEL", "OUTCOME", "TRIES", "WAITED", "SECONDS", "TOKENS", "COST"]
        return TextTable.aligned([title] + calls.map(row))
    }

    /// What the calls cost, a sum for each currency; nothing where no call has a price.
    static func costs(of calls: [ModelCall]) -> [(currency: String, cost: CallCost)] {
        var sums: [String: CallCost] = [:]
        for call in calls {
            guard let cost = call.cost else { continue }
            let currency = call.currency ?? ""
            sums[currency] = (sums[currency] ?? CallCost()) + cost
        }
        return sums.sorted { $0.key < $1.key }.map { (currency: $0.key, cost: $0.value) }
    }

    /// The fields `calls` and `cost`.
    static func write(_ calls: [ModelCall], to object: inout JSONObjectWriter) {
        object.array("calls") { list in
            for call in calls { list.object { write(call, to: &$0) } }
        }
        object.object("cost") { sums in
            for (currency, cost) in costs(of: calls) { sums.field(currency, cost.short) }
        }
    }

    private static func row(_ call: ModelCall) -> [String] {
        let asked = call.model.map { "\(call.provider ?? "")/\($0)" } ?? "-"
        let cost = call.cost.map { "\($0.short) \(call.currency ?? "")" } ?? "-"
        return [
            String(call.startedAt.rfc3339.prefix(19)) + "Z", call.stage.rawValue, asked.printable, outcome(of: call),
            String(call.attempts), seconds(call.gateWait), seconds(call.duration), String(call.tokens.total), cost,
        ]
    }

    private static func write(_ call: ModelCall, to object: inout JSONObjectWriter) {
        object.field("id", call.id.description)
        object.field("created_at", call.startedAt.rfc3339)
        object.field("stage", call.stage.rawValue)
        object.field("provider", call.provider)
        object.field("model", call.model)
        object.field("answered_model", call.answeredModel)
        object.field("outcome", outcome(of: call))
        object.field("attempts", call.attempts)
        object.field("gate_wait", call.gateWait.inSeconds)
        object.field("duration", call.duration.inSeconds)
        object.object("tokens") { tokens in
            tokens.field("prompt", call.tokens.prompt)
            tokens.field("completion", call.tokens.completion)
            tokens.field("precached", call.tokens.precached)
        }
        object.field("cost", call.cost?.short)
        object.field("currency", call.currency)
        object.field("upstream_id", call.upstreamID)
    }

    private static func outcome(of call: ModelCall) -> String { call.failureClass?.rawValue ?? "ok" }

    /// To a thousandth.
    private static func seconds(_ time: Duration) -> String {
        String((time.inSeconds * 1_000).rounded() / 1_000)
    }
}
