import HTTP

extension Response {
    /// A stream of events that ends when `produce` returns. Its task is cancelled when the client is gone.
    ///
    ///     Response.eventStream { events in
    ///         for await token in tokens { try await events.send(ServerSentEvent(token)) }
    ///     }
    ///
    /// A comment is sent after each `heartbeat` without an event. Proxies are asked not to hold events back
    /// (`X-Accel-Buffering`, the nginx documentation of `proxy_buffering`).
    public static func eventStream(
        heartbeat: Duration = .seconds(15), _ produce: @escaping @Sendable (EventStream) async throws -> Void
    ) -> Response {
        let body = Body.stream { writer in
            let events = EventStream(writer, heartbeat: heartbeat)
            events.start()
            defer { events.stop() }
            try await produce(events)
        }
        var response = Response(.ok, contentType: "text/event-stream; charset=utf-8", body: body)
        response.head.fields.set(.cacheControl, "no-store")
        response.head.fields.set("X-Accel-Buffering", "no")
        return response
    }
}
