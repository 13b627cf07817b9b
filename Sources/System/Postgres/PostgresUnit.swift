import CLibpq
import EventLoop

/// A unit of work on its way: statements that are sent together, end with one sync point and so form one
/// implicit transaction (PostgreSQL manual, 34.5.1), and the answers gathered so far.
final class PostgresUnit {
    /// What the server answers next.
    private enum Step {
        case prepare(PostgresStatement)
        case execute(PostgresStatement)
        case sync
    }

    let deadline: MonotonicTime
    /// Whether answers that come after it may have to wait.
    let isLong: Bool
    private(set) var isSent = false
    var continuation: CheckedContinuation<Result<[PostgresRows], PostgresError>, Never>?

    /// Nothing any more once it is sent: libpq has a copy then, and parameters may be megabytes.
    private var work: [(statement: PostgresStatement, parameters: ParameterList)]
    private var steps: [Step] = []
    private var nextStep = 0
    private var stepHasResult = false
    private var answers: [PostgresRows] = []
    private var failure: PostgresError?

    init(_ queries: [PostgresQuery], deadline: MonotonicTime) throws(PostgresError) {
        var work: [(statement: PostgresStatement, parameters: ParameterList)] = []
        for query in queries {
            guard let parameters = ParameterList(query.parameters) else {
                throw .invalidParameter(statement: query.statement.name)
            }
            work.append((query.statement, parameters))
        }
        self.work = work
        isLong = work.contains { $0.statement.isLong }
        self.deadline = deadline
    }

    /// Hands the unit to libpq's output buffer. A statement is prepared on its first use; it counts as prepared
    /// from here, because later units are answered after this one.
    func send(on connection: OpaquePointer, prepared: inout Set<String>) -> Bool {
        isSent = true
        for (statement, parameters) in work {
            if prepared.insert(statement.name).inserted {
                guard PQsendPrepare(connection, statement.name, statement.sql, 0, nil) == 1 else { return false }
                steps.append(.prepare(statement))
            }
            let sent = parameters.withPointers { values, lengths, formats in
                PQsendQueryPrepared(connection, statement.name, parameters.count, values, lengths, formats, 0)
            }
            guard sent == 1 else { return false }
            steps.append(.execute(statement))
        }
        work = []
        steps.append(.sync)
        return PQpipelineSync(connection) == 1
    }

    /// libpq reports the end of one statement's results. It may also report it where nothing was expected, which
    /// means nothing.
    func endOfResults() {
        guard stepHasResult else { return }
        stepHasResult = false
        nextStep += 1
    }

    /// Takes the next result. Returns true when the unit is complete.
    func receive(_ result: OpaquePointer, prepared: inout Set<String>) -> Bool {
        stepHasResult = true
        switch PQresultStatus(result) {
        case PGRES_PIPELINE_SYNC:
            PQclear(result)
            return true
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK:
            keep(result)
        case PGRES_PIPELINE_ABORTED:
            forgetPreparation(&prepared)
            PQclear(result)
        default:
            forgetPreparation(&prepared)
            refuse(result)
        }
        return false
    }

    /// Gives the answers away: the unit itself may be kept for a while.
    func finish() {
        let waiting = continuation
        continuation = nil
        let answers = answers
        self.answers = []
        if let failure {
            waiting?.resume(returning: .failure(failure))
        } else {
            waiting?.resume(returning: .success(answers))
        }
    }

    func abandon(_ reason: String) {
        failure = isSent ? .inDoubt(reason) : .unavailable(reason)
        finish()
    }

    private func keep(_ result: OpaquePointer) {
        if case .execute = steps[nextStep] {
            answers.append(PostgresRows(result))
        } else {
            PQclear(result)
        }
    }

    private func forgetPreparation(_ prepared: inout Set<String>) {
        if case .prepare(let statement) = steps[nextStep] { prepared.remove(statement.name) }
    }

    private func refuse(_ result: OpaquePointer) {
        defer { PQclear(result) }
        failure = failure ?? .refused(result, statement: currentStatementName)
    }

    private var currentStatementName: String {
        switch steps[nextStep] {
        case .prepare(let statement), .execute(let statement): statement.name
        case .sync: "sync"
        }
    }
}
