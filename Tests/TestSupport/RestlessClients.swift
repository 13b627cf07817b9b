public import EventLoop
import Glibc

/// Clients that ask a server without pause until it ends, and what they have seen. Confined to their loop, which
/// should be another one than the server's, so that both sides go on at the same moment.
public final class RestlessClients {
    /// One request, and what a right answer to it is.
    public struct Exchange: Sendable {
        let method: String
        let target: String
        let body: String?
        let isRight: @Sendable (RawHTTPResponse) -> Bool

        /// A request; `isRight` judges its answer.
        public init(
            _ method: String, _ target: String, body: String? = nil,
            isRight: @escaping @Sendable (RawHTTPResponse) -> Bool
        ) {
            self.method = method
            self.target = target
            self.body = body
            self.isRight = isRight
        }
    }

    /// How a client uses connections.
    public enum Habit: Sendable {
        /// One for all requests, as long as the server lets it.
        case keepsConnection
        /// One for all requests, with that many on their way at a time.
        case pipelines(Int)
        /// One a request.
        case connectsAnew
    }

    /// What all clients have seen.
    public struct Seen: Sendable {
        /// Whole and right answers.
        public var answers = 0
        /// Those that said they were the last, to clients that had not asked for the end.
        public var lastAnswers = 0
        /// Connections that were refused after the end had been asked for.
        public var refused = 0
        /// Whatever should not have been; at most a hundred.
        public var faults: [String] = []
    }

    private let address: SocketAddress
    private let loop: EventLoop
    private let enough: Int
    private let exchange: @Sendable (Int) -> Exchange
    private let gate = Gate()
    private var isEnding = false
    private var count = 0
    private var seen = Seen()

    /// Clients of `address`; `exchange` makes their requests by number. After `enough` answers the end is asked for.
    public init(
        of address: SocketAddress, on loop: EventLoop, enough: Int, exchange: @escaping @Sendable (Int) -> Exchange
    ) {
        self.address = address
        self.loop = loop
        self.enough = enough
        self.exchange = exchange
    }

    /// Runs a client for each habit until the server has ended for all of them. `end` asks it to.
    public func run(_ habits: [Habit], end: @escaping @Sendable () async -> Void) async -> Seen {
        let bound = LoopBound(self, to: loop)
        let gate = gate
        await withDiscardingTaskGroup { group in
            group.addTask(executorPreference: loop) {
                await gate.wait()
                await end()
            }
            for habit in habits {
                group.addTask(executorPreference: loop) { await bound.value.runClient(habit) }
            }
        }
        return seen
    }

    private func runClient(_ habit: Habit) async {
        do {
            switch habit {
            case .keepsConnection: try await ask(atATime: 1)
            case .pipelines(let depth): try await ask(atATime: depth)
            case .connectsAnew: while try await askOnce() {}
            }
        } catch {
            note("\(habit), \(isEnding ? "at the end" : "before the end"): \(error)")
        }
    }

    private func note(_ fault: String) {
        if seen.faults.count < 100 { seen.faults.append(fault) }
        // Nobody waits for clients that have failed.
        askForEnd()
    }

    private func askForEnd() {
        isEnding = true
        gate.open()
    }

    private func next() -> Exchange {
        count += 1
        return exchange(count)
    }

    private func judge(_ answer: RawHTTPResponse, to exchange: Exchange) {
        if exchange.isRight(answer) {
            seen.answers += 1
        } else {
            note("\(exchange.method) \(exchange.target): \(answer.statusLine) \(answer.text)")
        }
        if seen.answers >= enough { askForEnd() }
    }

    private func ask(atATime depth: Int) async throws {
        let connection = try await RawHTTPConnection(to: address, on: loop)
        defer { connection.close() }
        while true {
            let exchanges = (0..<depth).map { _ in next() }
            for exchange in exchanges {
                try await connection.request(exchange.method, exchange.target, body: exchange.body)
            }
            for exchange in exchanges {
                let answer = try await connection.receive()
                judge(answer, to: exchange)
                guard answer["connection"] == "close" else { continue }
                seen.lastAnswers += 1
                let rest = try await connection.receiveToEnd()
                if !rest.isEmpty { note("after the last answer: \(rest.prefix(100))") }
                return
            }
        }
    }

    /// False when the server takes no more connections.
    private func askOnce() async throws -> Bool {
        let connection: RawHTTPConnection
        do {
            connection = try await RawHTTPConnection(to: address, on: loop)
        } catch let error as SystemError where error.code == ECONNREFUSED && isEnding {
            seen.refused += 1
            return false
        }
        defer { connection.close() }
        let exchange = next()
        try await connection.request(exchange.method, exchange.target, ["Connection: close"], body: exchange.body)
        judge(try await connection.receive(), to: exchange)
        return true
    }
}
