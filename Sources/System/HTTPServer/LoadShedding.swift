public import HTTP
import Synchronization

/// Bounds the requests that are being answered at a time, over all loops. Those beyond the bound are turned away at
/// once, before their content is read, instead of making everybody wait; what is essential is always answered.
public struct LoadShedding: Middleware {
    private let limit: Int
    private let inFlight = Counter()
    private let isEssential: @Sendable (RequestHead) -> Bool
    private let refuse: RequestHandler

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    /// One request's place, held as long as this lives.
    private final class Place: Sendable {
        private let counter: Counter

        init(in counter: Counter) {
            self.counter = counter
        }

        deinit {
            counter.value.subtract(1, ordering: .relaxed)
        }
    }

    /// At most `limit` requests at a time. `refuse` answers the others, with 503 and `Retry-After` as a rule.
    public init(
        limit: Int, isEssential: @escaping @Sendable (RequestHead) -> Bool, refuse: @escaping RequestHandler
    ) {
        self.limit = limit
        self.isEssential = isEssential
        self.refuse = refuse
    }

    /// The requests that are being answered now. Any thread.
    public var requestsInFlight: Int { inFlight.value.load(ordering: .relaxed) }

    /// Passes the request on, if there is room.
    public func respond(to request: Request, next: RequestHandler) async -> Response {
        if isEssential(request.head) { return await next(request) }
        let count = inFlight.value.add(1, ordering: .relaxed).newValue
        let place = Place(in: inFlight)
        defer { withExtendedLifetime(place) {} }
        guard count <= limit else { return await refuse(request) }
        var response = await next(request)
        if case .stream(let produce) = response.body {
            // It is being answered until the stream has ended.
            response.body = .stream { writer in
                defer { withExtendedLifetime(place) {} }
                try await produce(writer)
            }
        }
        return response
    }
}
