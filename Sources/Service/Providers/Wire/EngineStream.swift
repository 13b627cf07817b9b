import Domain
import EventLoop
import HTTPClient
import JSON

/// An answer that a provider sends piece by piece. Confined to the loop that asked.
final class EngineStream: ChatStream {
    private let stream: ClientStream
    private let reading: ErrorReading
    private let asked: ChatSource
    private var events = SSEReader()
    private var decoder = ChunkDecoder()
    private var pieces: [ChatEvent] = []
    private var wholeBody: [UInt8]?
    private var hasHandedOn = false
    private(set) var end: ChatEnd?
    /// What may follow the mark of the end before the connection is given up.
    private static let rest = Duration.seconds(1)

    init(_ stream: ClientStream, source: ChatSource, reading: ErrorReading) {
        self.stream = stream
        self.reading = reading
        asked = source
        // Some answer a wish for pieces with a whole answer, or with an error whose status says that all is well.
        let type = stream.head.headers["Content-Type"] ?? "text/event-stream"
        if type.hasPrefix("application/json") { wholeBody = [] }
    }

    var source: ChatSource? { ChatSource(model: decoder.model ?? asked.model, provider: asked.provider) }

    func next() async throws(ModelFailure) -> ChatEvent? {
        while pieces.isEmpty, end == nil {
            let received: Result<[UInt8]?, HTTPClientError>
            do throws(HTTPClientError) {
                received = .success(try await stream.next())
            } catch {
                received = .failure(error)
            }
            switch received {
            case .success(let bytes?): try take(bytes)
            case .success(nil): try finish(after: nil)
            case .failure(let error): try finish(after: error)
            }
            if decoder.isDone, end == nil { await readRest() }
        }
        guard !pieces.isEmpty else { return nil }
        hasHandedOn = true
        return pieces.removeFirst()
    }

    func close() { stream.close() }

    private func take(_ bytes: [UInt8]) throws(ModelFailure) {
        if wholeBody != nil {
            wholeBody? += bytes
            return
        }
        let complete: [SSEEvent]
        do throws(SSEReader.TooLong) {
            complete = try events.take(bytes)
        } catch {
            throw failure(.malformed("an event of the stream is larger than \(events.maximumBytes) bytes"))
        }
        for event in complete { try take(event) }
    }

    private func take(_ event: SSEEvent) throws(ModelFailure) {
        do throws(ChunkDecoder.Fault) {
            pieces += try decoder.take(event.data)
        } catch {
            // What came before it in the same bytes is not lost on the reader's side: it is part of no answer.
            pieces = []
            switch error {
            case .answer(let fault): throw failure(fault)
            case .reported(let text): throw reported(text)
            }
        }
    }

    /// An answer is complete by what it says. A connection that ends early, in order or not, leaves it cut.
    private func finish(after error: HTTPClientError?) throws(ModelFailure) {
        if let wholeBody, error == nil { return try take(whole: wholeBody) }
        if decoder.isComplete { return setEnd() }
        guard let error else {
            throw failure(.malformed("the stream ended before the answer did"))
        }
        var failure = reading.failure(error)
        failure.isInterrupted = hasHandedOn
        failure.tokens = decoder.tokens
        throw failure
    }

    private func take(whole body: [UInt8]) throws(ModelFailure) {
        do throws(AnswerFault) {
            let value = try AnswerReader.value(body)
            guard value["choices"] != nil else { throw .malformed("the answer to a stream's request is no answer") }
            let result = try AnswerReader.chat(value, provider: asked.provider, asked: asked.model)
            if let reasoning = result.reasoning { pieces.append(.reasoning(reasoning)) }
            if !result.text.isEmpty { pieces.append(.text(result.text)) }
            for (index, call) in result.toolCalls.enumerated() {
                pieces.append(.toolCall(index: index, id: call.id, name: call.name, arguments: call.arguments))
            }
            end = result.end
            end?.upstreamRequestID = ErrorReading.requestID(stream.head.headers)
        } catch {
            throw failure(error)
        }
    }

    private func setEnd() {
        let reason = decoder.reason ?? .stop
        end = ChatEnd(
            reason: reason == .stop && decoder.hasCalls ? .toolCalls : reason, tokens: decoder.tokens,
            model: decoder.model ?? asked.model, provider: asked.provider,
            upstreamRequestID: ErrorReading.requestID(stream.head.headers))
    }

    /// Reads to the connection's end, so that it can be used again, but waits only a moment for it.
    private func readRest() async {
        setEnd()
        let loop = EventLoop.current
        let timer = loop?.schedule(after: Self.rest) { [stream] in stream.close() }
        do throws(HTTPClientError) {
            while try await stream.next() != nil {}
        } catch {
            // The answer is complete; the connection is of no more use.
            stream.close()
        }
        if let timer { loop?.cancel(timer) }
    }

    private func failure(_ fault: AnswerFault) -> ModelFailure {
        var failure = reading.failure(fault, head: stream.head)
        failure.isInterrupted = hasHandedOn
        failure.tokens = decoder.tokens
        return failure
    }

    /// An error that came as an event: its code says what a status would have said.
    private func reported(_ text: String) -> ModelFailure {
        let body = Array(text.utf8)
        let error = ErrorBody(body)
        let code = error.code.flatMap { Int($0) } ?? error.status
        let status = code.flatMap { (400...599).contains($0) ? $0 : nil } ?? 500
        var failure = reading.failure(status: status, headers: stream.head.headers, body: body)
        failure.isInterrupted = hasHandedOn
        failure.tokens = decoder.tokens
        return failure
    }
}
