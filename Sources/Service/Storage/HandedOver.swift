import Domain
import Postgres
import Telemetry

/// Something that is stored together with an entry of the outbox.
protocol HandedOver {
    /// About what it takes in memory.
    var bytes: Int { get }

    /// The entries of `items`, as the rows that their statement returned tell. Those of items that were not stored are
    /// missing.
    static func entries(of items: [Self], _ rows: PostgresRows) -> [OutboxEntry]
}

extension FreshEntries? {
    /// Has `send` store the items, with the time for which to hide their entries from other relays, and hands over what
    /// the rows say was stored. Where there is no relay to hand to, or no room, entries are to stay in sight: the time
    /// is NULL then.
    func handingOver<Item: HandedOver, Answer>(
        _ items: [Item], _ send: (PostgresValue) async throws(StoreError) -> (Answer, PostgresRows)
    ) async throws(StoreError) -> Answer {
        guard let fresh = self, let room = fresh.makeRoom(for: items.map(\.bytes)) else {
            return try await send(.null).0
        }
        do throws(StoreError) {
            let (answer, rows) = try await send(.interval(room.hidingTime))
            fresh.put(Item.entries(of: items, rows), in: room)
            return answer
        } catch {
            fresh.put([], in: room)
            throw error
        }
    }
}

extension NewJob: HandedOver {
    /// Of the rows of `Statements.submit`.
    static func entries(of items: [NewJob], _ rows: PostgresRows) -> [OutboxEntry] {
        var sequences: [JobID: (sequence: Int64, createdAt: Int64)] = [:]
        for index in 0..<rows.count {
            let row = rows[index]
            guard let id = row.string(0).flatMap({ JobID($0) }), let sequence = row.integer(1),
                let time = row.integer(2)
            else { continue }
            sequences[id] = (sequence, time)
        }
        return items.compactMap { job in
            sequences[job.id].map { place in
                OutboxEntry(
                    sequence: place.sequence, id: job.id, createdAt: WallTime(microseconds: place.createdAt),
                    client: job.client, content: .request(job.input), trace: job.input.trace)
            }
        }
    }
}

extension HeldEnd: HandedOver {
    /// Of the rows of `Statements.finish`. Tokens come from there, since they add up with those of earlier tries.
    static func entries(of items: [HeldEnd], _ rows: PostgresRows) -> [OutboxEntry] {
        var sequences: [JobID: Int64] = [:]
        var stored: [(end: HeldEnd, row: PostgresRow)] = []
        for index in 0..<rows.count {
            let row = rows[index]
            if let place = row.integer(0).map(Int.init), items.indices.contains(place - 1) {
                stored.append((items[place - 1], row))
            } else if let sequence = row.integer(1), let id = row.string(2).flatMap({ JobID($0) }) {
                sequences[id] = sequence
            }
        }
        return stored.compactMap { end, row in
            sequences[end.lease.id].map { end.entry($0, row) }
        }
    }

    private func entry(_ sequence: Int64, _ row: PostgresRow) -> OutboxEntry {
        let seconds = row.double(6) ?? 0
        let tokens = TokenUsage(
            prompt: Int(row.integer(7) ?? 0), completion: Int(row.integer(8) ?? 0),
            precached: Int(row.integer(9) ?? 0))
        let result: JobResult
        switch end {
        case .completed(var output):
            output.tokens = tokens
            result = .completed(output, processingSeconds: seconds)
        case .failed(var failure):
            failure.tokens = tokens
            result = .failed(failure)
        }
        return OutboxEntry(
            sequence: sequence, id: lease.id, createdAt: WallTime(microseconds: row.integer(4) ?? 0),
            client: row.string(3), content: .response(result, processingSeconds: seconds), trace: row.trace(5))
    }
}
