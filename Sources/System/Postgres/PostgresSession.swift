import CLibpq
public import EventLoop

/// One connection for scripts: text with any number of statements, one script at a time, session state kept
/// between them. For migrations and tools; requests use `PostgresClient`.
public final class PostgresSession {
    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private let link: PostgresLink
    private var continuation: CheckedContinuation<Result<[PostgresRows], PostgresError>, Never>?
    private var isConnected = false
    private var isClosed = false
    private var answers: [PostgresRows] = []
    private var failure: PostgresError?
    private var timer: TimerToken?

    /// Logs in; `resolver` is where the host name is looked up.
    public static func open(
        on loop: EventLoop, _ configuration: PostgresConfiguration, resolver: BlockingThread
    ) async throws(PostgresError) -> PostgresSession {
        let address = try await HostResolution.address(of: configuration.host, on: resolver)
        let session = PostgresSession(on: loop, configuration)
        try await session.connect(address)
        return session
    }

    private init(on loop: EventLoop, _ configuration: PostgresConfiguration) {
        loop.preconditionInLoop()
        self.loop = loop
        self.configuration = configuration
        link = PostgresLink(on: loop)
        link.onReady = { [weak self] in self?.socketIsReady() }
    }

    private func connect(_ address: String?) async throws(PostgresError) {
        _ = try await waitForAnswer(within: configuration.connectTimeout) {
            follow(link.start(configuration, resolvedAddress: address))
        }
    }

    /// Runs a script with the simple query protocol: without explicit BEGIN it is one transaction. Returns the
    /// answer of each statement. Values must not be put into the text; it is for fixed SQL. COPY from or to the client
    /// ends the session.
    public func run(_ script: String, timeout: Duration = .seconds(600)) async throws(PostgresError) -> [PostgresRows] {
        guard isConnected, !isClosed else { throw .unavailable("the session is closed") }
        return try await waitForAnswer(within: timeout) {
            let sent = link.withHandle { PQsendQuery($0, script) }
            if sent != 1 || !link.flush() { fail(link.errorMessage) }
        }
    }

    /// Logs out.
    public func close() {
        fail("closed by us")
    }

    private func waitForAnswer(
        within limit: Duration, _ start: () -> Void
    ) async throws(PostgresError) -> [PostgresRows] {
        precondition(continuation == nil, "one script at a time")
        timer = loop.schedule(after: limit) { [weak self] in self?.fail("no answer within \(limit)") }
        let result = await withCheckedContinuation { waiting in
            continuation = waiting
            start()
        }
        return try result.get()
    }

    private func finish(_ result: Result<[PostgresRows], PostgresError>) {
        if let timer { loop.cancel(timer) }
        timer = nil
        answers = []
        failure = nil
        let waiting = continuation
        continuation = nil
        waiting?.resume(returning: result)
    }

    private func socketIsReady() {
        if isConnected {
            readAnswers()
        } else {
            follow(link.advance())
        }
    }

    private func follow(_ progress: PostgresLink.Progress) {
        switch progress {
        case .waiting: break
        case .failed(let reason): fail(reason)
        case .connected:
            isConnected = true
            finish(.success([]))
        }
    }

    private func readAnswers() {
        guard link.withHandle(PQconsumeInput) == 1, link.flush() else { return fail(link.errorMessage) }
        guard continuation != nil else { return }
        while link.withHandle(PQisBusy) == 0 {
            guard let result = link.withHandle(PQgetResult) ?? nil else {
                return finish(failure.map(Result.failure) ?? .success(answers))
            }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: answers.append(PostgresRows(result))
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                // libpq would go on saying so until somebody copies.
                PQclear(result)
                return fail("a script cannot COPY from or to its client")
            default:
                failure = failure ?? .refused(result, statement: "script")
                PQclear(result)
            }
        }
    }

    private func fail(_ reason: String) {
        guard !isClosed else { return }
        isClosed = true
        link.close()
        finish(.failure(isConnected ? .inDoubt(reason) : .unavailable(reason)))
    }
}
