import Domain
import EventLoop

/// Gathers what many tasks of a loop want to store and sends it in few statements: one commit, and one round trip,
/// for all that came in a tick or while earlier batches were on their way.
///
/// No task of its own: of each batch the first member's task carries it, the others wait. Confined to its loop.
final class GroupCommit<Item: Sendable, Answer: Sendable> {
    /// Stores items in one transaction, all or none; one answer each, in order.
    typealias Send = ([Item]) async throws(StoreError) -> [Answer]

    private final class Member {
        let item: Item
        var continuation: CheckedContinuation<Turn, Never>?
        /// The batch that this member is to carry, itself included.
        var batch: [Member] = []

        init(_ item: Item) {
            self.item = item
        }

        func resume(_ turn: Turn) {
            let waiting = continuation
            continuation = nil
            waiting?.resume(returning: turn)
        }
    }

    /// What a member does next.
    private enum Turn: Sendable {
        /// Carry the batch, of which it is the first.
        case carry
        /// Try again by itself: the database refused the batch, and only one of them may be the reason.
        case goAlone
        case finish(Result<Answer, StoreError>)
    }

    private let loop: EventLoop
    private let send: Send
    private var queue: GroupQueue<Member>
    private var isPlanned = false

    /// A group on `loop`, which must be the caller's.
    init(on loop: EventLoop, _ limits: GroupLimits = GroupLimits(), send: @escaping Send) {
        loop.preconditionInLoop()
        self.loop = loop
        self.send = send
        queue = GroupQueue(limits)
    }

    /// Stores `item`, of about `bytes`, together with others. Returns after the commit.
    ///
    /// Throws `unavailable` when too much waits, or when the task is cancelled before the item has left; one that
    /// has left is waited for. Otherwise whatever befell the item's own statement: a neighbour that the database
    /// refuses does it no harm.
    func store(_ item: Item, bytes: Int) async throws(StoreError) -> Answer {
        loop.preconditionInLoop()
        let member = Member(item)
        guard let ticket = queue.add(member, bytes: bytes) else {
            throw .unavailable("too much waits to be stored")
        }
        plan()
        switch await turn(of: member, ticket) {
        case .carry:
            let members = member.batch
            member.batch = []
            return try await carry(members)
        case .goAlone: return try await send([item])[0]
        case .finish(let result): return try result.get()
        }
    }

    private func turn(of member: Member, _ ticket: GroupQueue<Member>.Ticket) async -> Turn {
        let bound = LoopBound((group: self, member: member), to: loop)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { member.continuation = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.group.withdraw(bound.value.member, ticket) }
        }
    }

    private func withdraw(_ member: Member, _ ticket: GroupQueue<Member>.Ticket) {
        guard queue.remove(ticket) else { return }
        member.resume(.finish(.failure(.unavailable("cancelled before it was stored"))))
    }

    private func plan() {
        guard !isPlanned, queue.waitingItems > 0 else { return }
        isPlanned = true
        loop.atEndOfTick { [weak self] in self?.startBatches() }
    }

    private func startBatches() {
        isPlanned = false
        while true {
            let batch = queue.takeBatch()
            guard let first = batch.first else { return }
            first.batch = batch
            first.resume(.carry)
        }
    }

    /// Sends the batch and tells its other members; the first one's answer is returned.
    private func carry(_ members: [Member]) async throws(StoreError) -> Answer {
        let turns = await turns(of: members)
        queue.endBatch()
        plan()
        for (member, turn) in zip(members, turns).dropFirst() { member.resume(turn) }
        switch turns[0] {
        case .finish(let result): return try result.get()
        case .goAlone, .carry: return try await send([members[0].item])[0]
        }
    }

    private func turns(of members: [Member]) async -> [Turn] {
        do throws(StoreError) {
            let answers = try await send(members.map(\.item))
            precondition(answers.count == members.count, "an answer for each item")
            return answers.map { .finish(.success($0)) }
        } catch .rejected where members.count > 1 {
            return members.map { _ in .goAlone }
        } catch {
            return members.map { _ in .finish(.failure(error)) }
        }
    }
}
