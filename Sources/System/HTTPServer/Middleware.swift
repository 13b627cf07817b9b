/// Answers a request. Runs on the request's loop from start to end.
public typealias RequestHandler = @Sendable (Request) async -> Response

/// Something that all requests pass on their way in and all responses on their way out.
///
/// It is two calls rather than one that wraps the rest of the way: a request that nobody has to wait for passes all
/// middleware without a suspension, each of which would cost more than most middleware does. It is a class, since a
/// value would be copied, with all it refers to, for each of the calls.
public protocol Middleware: AnyObject, Sendable {
    /// Looks at a request on its way in. A response ends the way here: neither later middleware nor the handler sees
    /// the request, and the response goes out by way of this middleware and those before it.
    func receive(_ request: Request) -> Response?

    /// Changes a response on its way out. Called once for each request that was received.
    func complete(_ response: inout Response, to request: Request)

    /// Whether the response, completed as it is, needs work that must not keep the loop, which `convert` does then.
    func needsConversion(_ response: Response, to request: Request) -> Bool

    /// Does the work, giving the loop's other tasks their turn.
    func convert(_ response: Response, to request: Request) async -> Response
}

extension Middleware {
    /// Lets every request pass.
    public func receive(_ request: Request) -> Response? { nil }

    /// Leaves the response as it is.
    public func complete(_ response: inout Response, to request: Request) {}

    /// There is nothing to convert.
    public func needsConversion(_ response: Response, to request: Request) -> Bool { false }

    /// Leaves the response as it is.
    public func convert(_ response: Response, to request: Request) async -> Response { response }
}
