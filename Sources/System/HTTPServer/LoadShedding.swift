public import HTTP
import Synchronization

/// Bounds the requests that are being answered at a time, over all loops. Those beyond the bound are turned away at
/// once, before their content is read, instead of making everybody wait; what is essential is always answered.
public final class LoadShedding: Middleware {
    private let limit: Int
    private let inFlight = Counter()
    private let isEssential: @Sendable (RequestHead) -> Bool
    private let refuse: Router.ImmediateHandler

    private final class Counter: Sendable {
        let value = Atomic(0)
    }

    /// The place of a request with a stream, held as long as this lives: the stream may never be made.
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
        limit: Int, isEssential: @escaping @Sendable (RequestHead) -> Bool, refuse: @escaping Router.ImmediateHandler
    ) {
        self.limit = limit
        self.isEssential = isEssential
        self.refuse = refuse
    }

    /// The requests that are being answered now. Any thread.
    public var requestsInFlight: Int { inFlight.value.load(ordering: .relaxed) }

    /// Counts the request, and turns it away if it is one too many.
    public func receive(_ request: Request) -> Response? {
        let count = inFlight.value.add(1, ordering: .relaxed).newValue
        return count <= limit || isEssential(request.head) ? nil : refuse(request)
    }

    /// The request is over, but one with a stream is being answered until that has ended.
    public func complete(_ response: inout Response, to request: Request) {
        guard case .stream(let produce) = response.body else {
            inFlight.value.subtract(1, ordering: .relaxed)
            return
        }
        let place = Place(in: inFlight)
        response.body = .stream { writer in
            defer { withExtendedLifetime(place) {} }
            try await produce(writer)
        }
    }
}
