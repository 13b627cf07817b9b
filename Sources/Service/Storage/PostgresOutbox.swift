public import Domain
import JSON
import Postgres
import Telemetry

/// The outbox table. Any number of relays may work on it: `SKIP LOCKED` and a short hiding time keep them apart,
/// and a relay that dies loses nothing, since its entries come into sight again.
public struct PostgresOutbox: Outbox {
    private let database: DatabaseClients
    private let maximumInlineBytes: Int

    /// An outbox on the given connections. Input data above `maximumInlineBytes` is not read, and neither are tables
    /// and texts of that size: messages go without them, and a batch of them would fill the memory.
    public init(_ database: DatabaseClients, maximumInlineBytes: Int) {
        self.database = database
        self.maximumInlineBytes = maximumInlineBytes
    }

    /// Takes what this process has just stored, if it is handed over, and entries of the table together with what their
    /// messages need.
    public func take(limit: Int, lease: Duration) async throws(StoreError) -> TakenEntries {
        guard let fresh = database.fresh else { return try await takeFromTable(limit: limit, lease: lease) }
        let (entries, isLast) = fresh.take(limit: limit)
        guard isLast, fresh.takeLook() else {
            return TakenEntries(entries: entries, next: isLast ? FreshEntries.lookInterval : .zero)
        }
        do throws(StoreError) {
            var taken = try await takeFromTable(limit: limit, lease: lease)
            if taken.count >= limit || taken.leftCount > 0 { fresh.noteOverflow() }
            taken.entries = entries + taken.entries
            return taken
        } catch {
            fresh.noteOverflow()
            // What is in hand goes out all the same.
            guard !entries.isEmpty else { throw error }
            return TakenEntries(entries: entries, next: FreshEntries.lookInterval)
        }
    }

    private func takeFromTable(limit: Int, lease: Duration) async throws(StoreError) -> TakenEntries {
        let rows = try await execute([
            OutboxStatements.take(.integer(limit), .interval(lease), .integer(maximumInlineBytes))
        ])[0]
        var taken = TakenEntries()
        taken.entries.reserveCapacity(rows.count)
        var left: [Int64] = []
        for index in 0..<rows.count {
            if rows[index].bool(29) == true, let sequence = rows[index].integer(0) {
                left.append(sequence)
                continue
            }
            do throws(StoreError) {
                taken.entries.append(try rows[index].outboxEntry())
            } catch {
                let sequence = rows[index].integer(0) ?? 0
                taken.unreadable.append(TakenEntries.Unreadable(sequence: sequence, reason: error.description))
            }
        }
        taken.leftCount = left.count
        do throws(StoreError) {
            try await putBack(left, delay: .zero)
        } catch {
            // They come into sight by themselves after `lease`; what is in hand goes out all the same.
        }
        return taken
    }

    /// What is done to an entry need not be on disk: see `OutboxStatements.doNotWaitForDisk`.
    private func execute(_ queries: [PostgresQuery]) async throws(StoreError) -> [PostgresRows] {
        Array(try await database.execute([OutboxStatements.doNotWaitForDisk()] + queries).dropFirst())
    }

    /// One transaction for both kinds.
    public func markPublished(_ published: [PublishedEntry]) async throws(StoreError) {
        let requests = published.filter(\.isRequest)
        let responses = published.filter { !$0.isRequest }
        var queries: [PostgresQuery] = []
        if !requests.isEmpty {
            queries.append(
                OutboxStatements.markPublished(
                    .uuids(requests.map(\.id.halves)), .bigints(requests.map(\.sequence)),
                    .bigints(requests.map(\.partition)), .bigints(requests.map(\.offset))))
        }
        if !responses.isEmpty {
            queries.append(
                OutboxStatements.forgetResponses(
                    .uuids(responses.map(\.id.halves)), .bigints(responses.map(\.sequence))))
        }
        guard !queries.isEmpty else { return }
        _ = try await execute(queries)
    }

    /// One statement.
    public func putBack(_ sequences: [Int64], delay: Duration) async throws(StoreError) {
        guard !sequences.isEmpty else { return }
        _ = try await execute([OutboxStatements.putBack(.bigints(sequences), .interval(delay))])
    }

    /// One statement.
    public func park(_ sequences: [Int64]) async throws(StoreError) {
        guard !sequences.isEmpty else { return }
        _ = try await execute([OutboxStatements.park(.bigints(sequences))])
    }

    /// Groups the published entries by partition.
    public func unclaimed(publishedBefore age: Duration) async throws(StoreError) -> [UnclaimedRange] {
        let rows = try await database.execute(OutboxStatements.unclaimed(.interval(age)))
        var ranges: [UnclaimedRange] = []
        for index in 0..<rows.count {
            let row = rows[index]
            guard let partition = row.integer(0), let first = row.integer(2), let last = row.integer(3) else {
                continue
            }
            ranges.append(
                UnclaimedRange(
                    partition: Int32(partition), count: Int(row.integer(1) ?? 0), offsets: first...last,
                    asOf: try row.time(4)))
        }
        return ranges
    }

    /// One statement.
    public func republish(
        _ range: UnclaimedRange, outside present: Range<Int64>, limit: Int
    ) async throws(StoreError) -> Int {
        let rows = try await database.execute(
            OutboxStatements.republish(
                .integer(Int64(range.partition)), .integer(present.lowerBound), .integer(present.upperBound),
                .integer(range.asOf.microseconds), .integer(limit)))
        return rows.affected
    }
}

extension PostgresRow {
    /// A row of `OutboxStatements.take`.
    fileprivate func outboxEntry() throws(StoreError) -> OutboxEntry {
        guard let sequence = integer(0), let id = string(2).flatMap({ JobID($0) }) else {
            throw .rejected("an outbox row without sequence or id")
        }
        let content: OutboxEntry.Content
        if string(1) == "request" {
            var input = requestInput(at: 4)
            input.trace = trace(27)
            content = .request(input)
        } else {
            let ended = try result(at: 11)
            content = .response(ended.result, processingSeconds: ended.processingSeconds)
        }
        return OutboxEntry(
            sequence: sequence, id: id, createdAt: try time(3), client: string(26), content: content,
            isLeftOut: bool(28) == true, trace: trace(27))
    }

    /// A job whose data cannot be read goes without them, as a large one does: only a worker that has claimed it can
    /// see to it that it ends.
    private func requestInput(at column: Int) -> JobInput {
        do throws(StoreError) {
            return try input(at: column)
        } catch {
            return inputWithoutData(at: column)
        }
    }
}
