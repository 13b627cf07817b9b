import EventLoop
import HTTP
import Telemetry

/// One client's connection to the fake: reads requests and has them answered one after another.
final class FakeConnection {
    private let stream: FakeStream
    private let listener: FakeListenerKind
    private let fake: FakeGigaChat
    private let reader: FakeRequestReader
    private static let loggedBytes = 16_384

    init(_ stream: FakeStream, to listener: FakeListenerKind, of fake: FakeGigaChat) {
        self.stream = stream
        self.listener = listener
        self.fake = fake
        reader = FakeRequestReader(stream)
    }

    /// Serves until either side ends the connection.
    func run() async {
        guard await stream.begin() else {
            fake.counters.refusedHandshakes += 1
            return stream.close()
        }
        do throws(StreamError) {
            while try await serveNext() {}
            try await stream.endWriting()
        } catch {
            // The client is gone or the fake is being closed: there is nobody left to tell.
        }
        stream.close()
    }

    /// False when the connection has to end.
    private func serveNext() async throws(StreamError) -> Bool {
        switch try await reader.next() {
        case .end: return false
        case .request(let request): return await serve(request)
        case .malformed(let error):
            let reply = FakeReply.apiError(error.status.code, error.reason)
            let wire = FakeWire(reply, framing: .length, keepsAlive: false)
            try await stream.write(wire.head + wire.pieces.flatMap(\.self), stall: FakeDelivery.stall)
            return false
        }
    }

    private func serve(_ request: FakeRequest) async -> Bool {
        if listener == .api, FakeControl.owns(request.head.path) {
            let reply = FakeControl(fake: fake).reply(to: request)
            return await deliver(reply, ScenarioStep(), .zero, request).ending == .mayGoOn
        }
        let route = FakeRoute.find(
            request.head.method, request.head.path, on: listener, fake.settings.personality)
        var entry = FakeLogEntry(
            time: .now, listener: listener, method: request.head.method.description, path: request.head.path,
            headers: request.fields, body: Array(request.body.prefix(Self.loggedBytes)),
            clientSubject: stream.clientSubject)
        if let route { fake.counters.requests[route, default: 0] += 1 }
        let outcome = await answer(request, route)
        entry.status = outcome.status
        entry.notes = outcome.notes + modeNotes(on: request)
        entry.wasAborted = outcome.ending == .aborted
        if entry.wasAborted { fake.counters.aborted += 1 }
        fake.note(entry)
        return outcome.ending == .mayGoOn
    }

    /// Where the certificate says who calls, tokens have no place.
    private func modeNotes(on request: FakeRequest) -> [String] {
        guard fake.settings.knowsClientsByCertificate else { return [] }
        if listener == .oauth { return [FakeLogEntry.tokenRequestNote] }
        return request.field("Authorization") == nil ? [] : [FakeLogEntry.authorizationNote]
    }

    /// Holds a permit of the concurrency limit until the answer has gone out or the client away.
    private func answer(_ request: FakeRequest, _ route: FakeRoute?) async -> FakeDelivery.Outcome {
        let isMetered = route?.isMetered ?? false
        if isMetered, let limit = fake.settings.concurrencyLimit, fake.counters.current >= limit {
            return await deliver(.apiError(429, "Too many requests"), ScenarioStep(), .zero, request)
        }
        if isMetered {
            fake.counters.current += 1
            fake.counters.peak = max(fake.counters.peak, fake.counters.current)
        }
        defer { if isMetered { fake.counters.current -= 1 } }
        let step = route.flatMap { fake.scenario.next(for: $0) } ?? ScenarioStep()
        let reply = FakeAnswers(fake: fake).reply(to: request, route, step)
        let isSlow = reply.status == 200 && (route == .chat || route == .embeddings)
        return await deliver(reply, step, isSlow ? fake.settings.answerDelay : .zero, request)
    }

    /// The client is watched only where something can be waited for; a task group costs more than a short answer.
    private func deliver(
        _ reply: FakeReply, _ step: ScenarioStep, _ delay: Duration, _ request: FakeRequest
    ) async -> FakeDelivery.Outcome {
        var delivery = FakeDelivery(reply, step, delay: delay, isKeepAlive: request.head.isKeepAlive)
        guard delivery.mayWait else { return await delivery.run(on: stream) }
        let bound = LoopBound((stream: stream, delivery: delivery), to: stream.loop)
        return await stream.whilePeerIsThere {
            var (stream, delivery) = bound.value
            return await delivery.run(on: stream)
        }
    }
}
