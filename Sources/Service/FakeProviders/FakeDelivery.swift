import EventLoop

/// Sends one answer as its step wants it.
struct FakeDelivery {
    private let reply: FakeReply
    private let step: ScenarioStep
    private let delay: Duration
    private var wire: FakeWire
    private var isHeadSent = false
    /// The longest time a client may take nothing.
    static let stall = Duration.seconds(60)
    private static let longestStall = Duration.seconds(3_600)

    /// How a delivery went.
    struct Outcome: Sendable {
        let status: Int?
        let notes: [String]
        let ending: Ending
    }

    /// What becomes of the connection.
    enum Ending: Sendable {
        /// The answer is complete and the connection stays.
        case mayGoOn
        /// It ended as the step or the framing wanted.
        case over
        /// The client went away.
        case aborted
    }

    init(_ reply: FakeReply, _ step: ScenarioStep, delay: Duration, isKeepAlive: Bool) {
        self.reply = reply
        self.step = step
        self.delay = delay + step.waitBeforeHead
        let framing = step.framing ?? (reply.isStream ? .chunked : .length)
        wire = FakeWire(reply, framing: framing, keepsAlive: isKeepAlive)
        if let count = cutCount { wire.cut(to: count) }
        if let trickle = step.trickle { wire.split(every: trickle.bytes) }
    }

    /// Whether the client could go away meanwhile.
    var mayWait: Bool {
        if case .stall = step.ending { return true }
        return delay > .zero || step.waitAfterHead > .zero || pause > .zero || step.trickle != nil
            || reply.pieces.count > 1
    }

    private var pause: Duration { step.trickle?.every ?? reply.pause }

    private var cutCount: Int? {
        switch step.ending {
        case .orderly: nil
        case .fin(let count), .rst(let count), .stall(let count): count
        }
    }

    private var endsBeforeHead: Bool { step.ending != .orderly && cutCount == nil }

    /// Sends the answer; cancelled when the client goes away.
    mutating func run(on stream: FakeStream) async -> Outcome {
        do {
            try await pause(for: delay, on: stream)
            if !endsBeforeHead { try await send(on: stream) }
            return outcome(try await end(on: stream))
        } catch {
            return outcome(.aborted)
        }
    }

    private func outcome(_ ending: Ending) -> Outcome {
        Outcome(status: isHeadSent ? reply.status : nil, notes: reply.notes, ending: ending)
    }

    private func pause(for duration: Duration, on stream: FakeStream) async throws {
        if duration > .zero { try await stream.loop.sleep(for: duration) }
    }

    /// A short answer goes out in one write.
    private mutating func send(on stream: FakeStream) async throws {
        let goesAtOnce = step.waitAfterHead == .zero && step.trickle == nil && wire.pieces.count <= 1
        isHeadSent = true
        if goesAtOnce { return try await stream.write(wire.head + (wire.pieces.first ?? []), stall: Self.stall) }
        try await stream.write(wire.head, stall: Self.stall)
        try await pause(for: step.waitAfterHead, on: stream)
        for (index, piece) in wire.pieces.enumerated() {
            if index > 0 { try await pause(for: pause, on: stream) }
            if Task.isCancelled { throw CancellationError() }
            try await stream.write(piece, stall: Self.stall)
        }
    }

    private func end(on stream: FakeStream) async throws -> Ending {
        switch step.ending {
        case .orderly: return wire.keepsAlive ? .mayGoOn : .over
        case .fin: return .over
        case .rst:
            stream.reset()
            return .over
        case .stall:
            try await stream.loop.sleep(for: Self.longestStall)
            return .over
        }
    }
}
