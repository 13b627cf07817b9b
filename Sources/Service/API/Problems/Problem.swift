import Domain
import HTTP
import HTTPServer
import JSON

/// An error as the API shows it (RFC 9457), but for the routes of OpenAI's clients, which have a form of their own.
struct Problem: Error, Sendable {
    var status: Status
    var detail: Phrase
    /// Faults of single fields, for 422.
    var faults: [InputFault] = []
    /// Where those fields are: `body` or `query`.
    var faultPlace = "body"
    /// Seconds after which trying again makes sense.
    var retryAfter: Int?
    /// The value of `WWW-Authenticate` where another key would help (RFC 6750 §3).
    var challenge: String?
    /// What existing clients look for on a 429, beside the detail.
    var error: String?

    init(_ status: Status, _ detail: Phrase, faults: [InputFault] = [], retryAfter: Int? = nil) {
        self.status = status
        self.detail = detail
        self.faults = faults
        self.retryAfter = retryAfter
    }

    /// The response to `request`.
    func response(to request: Request) -> Response {
        response(language: request.language, path: request.head.path, requestID: request.id)
    }

    /// The response when there is no readable request.
    func response(language: Language, path: String?, requestID: String) -> Response {
        var response = content(language, path, requestID)
        if let challenge { response.head.fields.set("WWW-Authenticate", challenge) }
        if let retryAfter { response.head.fields.set(.retryAfter, String(retryAfter)) }
        return response
    }

    private func content(_ language: Language, _ path: String?, _ requestID: String) -> Response {
        if let path, OpenAIError.isForm(at: path) { return OpenAIError(self).response(language: language) }
        let body = JSONWriter.object { object in
            object.field("type", faults.isEmpty ? "about:blank" : "urn:gigaoffice:problem:invalid-fields")
            object.field("title", status.reason)
            object.field("status", status.code)
            object.field("detail", text(in: language))
            object.field("instance", ifPresent: path)
            object.field("request_id", requestID)
            object.field("error", ifPresent: error)
            if !faults.isEmpty {
                object.array("errors") { errors in
                    for fault in faults { errors.object { write(fault, to: &$0) } }
                }
            }
        }
        return Response(status, contentType: "application/problem+json", body: body)
    }

    /// Existing clients show nothing but the detail, so it names the fields, too.
    private func text(in language: Language) -> String {
        let text = detail.text(in: language)
        guard !faults.isEmpty else { return text }
        let list = faults.prefix(5).compactMap { fault in
            fault.location.isEmpty
                ? nil : "\(fault.location.joined(separator: ".")): \(fault.phrase.text(in: language))"
        }
        return list.isEmpty ? text : text + ". " + list.joined(separator: "; ")
    }

    private func write(_ fault: InputFault, to object: inout JSONObjectWriter) {
        object.array("loc") { location in
            location.element(faultPlace)
            for step in fault.location {
                if let index = Int(step) { location.element(index) } else { location.element(step) }
            }
        }
        object.field("type", fault.kind.rawValue)
        object.field("msg", fault.message)
    }
}

extension Problem {
    /// Somebody who has sent no key.
    init(keyMissing detail: Phrase) {
        self.init(.unauthorized, detail)
        challenge = "Bearer"
    }

    /// Somebody whose key opens nothing.
    init(keyRefused detail: Phrase) {
        self.init(.unauthorized, detail)
        challenge = #"Bearer error="invalid_token""#
    }

    /// Somebody whose key is for other things.
    init(scopeMissing scope: Scope) {
        self.init(.forbidden, .scopeMissing(scope.rawValue))
        challenge = #"Bearer error="insufficient_scope", scope="\#(scope.rawValue)""#
    }

    /// More jobs than may be unfinished. How fast they end nobody knows, so the pause is a guess.
    init(queueIsFull maximum: Int) {
        self.init(.tooManyRequests, .queueIsFull, retryAfter: 5)
        error = "Queue is full: \(maximum) requests are waiting or being processed"
    }

    /// A client that has sent all that it may in its present minute. `error` is what existing clients look for.
    init(rateLimitExceeded standing: RateStanding) {
        self.init(.tooManyRequests, .rateLimitExceeded(standing), retryAfter: standing.resetSeconds)
        error = "Rate limit exceeded: \(standing.limit) per 1 minute"
    }

    /// Bytes that are no request, or a body that cannot be read.
    init(_ error: RequestError) {
        switch error.status {
        case .contentTooLarge: self.init(error.status, .bodyTooLarge)
        case .serviceUnavailable: self.init(error.status, .overloaded, retryAfter: 1)
        default: self.init(error.status, .malformedRequest(error.reason))
        }
    }

    init(_ error: BodyError) {
        switch error {
        case .refused(let error): self.init(error)
        case .timedOut: self.init(.requestTimeout, .bodyTooSlow)
        case .disconnected: self.init(.badRequest, .bodyCutOff)
        }
    }

    /// Nothing of Kafka's own words goes out: they may name brokers.
    init(_ error: QueueError) {
        if error.isRetryable {
            self.init(.serviceUnavailable, .queueUnavailable, retryAfter: 5)
        } else {
            self.init(.internalServerError, .internalError)
        }
    }

    /// Nothing of the store's own words goes out: they may hold SQL.
    init(_ error: StoreError) {
        switch error {
        case .unavailable, .inDoubt: self.init(.serviceUnavailable, .storageUnavailable, retryAfter: 1)
        case .rejected: self.init(.internalServerError, .internalError)
        }
    }
}
