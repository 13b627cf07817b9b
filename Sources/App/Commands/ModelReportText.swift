import API
import Domain
import JSON
import Providers

/// How `gigaoffice models` prints what it has found.
enum ModelReportText {
    /// Tables for people.
    static func page(_ report: ModelReport, _ account: ModelsCommand.Account) -> String {
        let providers = TextTable.aligned(
            [["PROVIDER", "STATE", "MODELS", "CAN", "DETAIL"]] + report.providers.map { row($0, report) })
        let models = TextTable.aligned(
            [["MODEL", "OWNER", "CAN", "ASKED FOR"]] + report.listing.models.map { row($0, report) })
        return [providers, models, accountPage(account)].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// One line of JSON: what `GET /api/models` tells, and `balance` and `count` where they were asked for.
    static func line(_ report: ModelReport, _ account: ModelsCommand.Account) -> String {
        let line = JSONWriter.object(capacity: 4_096) { object in
            report.write(to: &object)
            if let balance = account.balance { write(balance, to: &object) }
            if let count = account.count { write(count, to: &object) }
        }
        return String(decoding: line, as: UTF8.self) + "\n"
    }

    private static func row(_ provider: ModelReport.Provider, _ report: ModelReport) -> [String] {
        let failure = report.listing.failures[provider.name]
        let count = report.listing.models.count { $0.provider == provider.name }
        let detail = failure.map { "\($0.failureClass.rawValue): \($0.detail)" } ?? provider.standing.detail ?? ""
        return [
            provider.name, failure == nil && provider.standing.isUsable ? "ok" : "fails",
            failure == nil ? String(count) : "-", provider.capabilities.names.joined(separator: ","),
            detail.printable,
        ]
    }

    private static func row(_ model: ModelDescription, _ report: ModelReport) -> [String] {
        let name = "\(model.provider)/\(model.id)"
        let stages = ModelTarget.Stage.allCases.filter { report.routes[$0]?.contains(name) == true }
        return [
            name.printable, (model.owner ?? "-").printable, model.capabilities.names.joined(separator: ","),
            stages.isEmpty ? "-" : stages.map(\.rawValue).joined(separator: ","),
        ]
    }

    private static func accountPage(_ account: ModelsCommand.Account) -> String {
        var rows: [[String]] = []
        switch account.balance {
        case .success(let balances):
            rows += [["PACKAGE", "TOKENS LEFT"]] + balances.map { [$0.usage.printable, amount($0.left)] }
        case .failure(let failure): rows.append(["balance", reason(failure)])
        case nil: break
        }
        switch account.count {
        case .success(let count): rows.append(["text", "\(count.tokens) tokens, \(count.characters) characters"])
        case .failure(let failure): rows.append(["text", reason(failure)])
        case nil: break
        }
        return rows.isEmpty ? "" : TextTable.aligned(rows)
    }

    private static func reason(_ failure: ModelFailure) -> String {
        "not told: \(failure.failureClass.rawValue): \(failure.detail)".printable
    }

    /// Whole numbers without a fraction.
    private static func amount(_ number: Double) -> String {
        number.rounded() == number && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }

    private static func write(
        _ balance: Result<[GigaChatAccount.Balance], ModelFailure>, to object: inout JSONObjectWriter
    ) {
        switch balance {
        case .success(let balances):
            object.array("balance") { list in
                for balance in balances {
                    list.object { object in
                        object.field("usage", balance.usage)
                        object.field("value", balance.left)
                    }
                }
            }
        case .failure(let failure): object.object("balance") { write(failure, to: &$0) }
        }
    }

    private static func write(
        _ count: Result<GigaChatAccount.Count, ModelFailure>, to object: inout JSONObjectWriter
    ) {
        object.object("count") { object in
            switch count {
            case .success(let count):
                object.field("tokens", count.tokens)
                object.field("characters", count.characters)
            case .failure(let failure): write(failure, to: &object)
            }
        }
    }

    private static func write(_ failure: ModelFailure, to object: inout JSONObjectWriter) {
        object.field("class", failure.failureClass.rawValue)
        object.field("detail", failure.detail)
    }
}
