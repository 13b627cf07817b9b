import HTTP

/// Which codings of content a client takes (RFC 9110 §12.5.3), as far as a server has to know that has only gzip.
///
/// A client that names none, or says what cannot be understood, gets content as it is. So does one that refuses
/// even that (`identity;q=0`) without taking gzip: an answer it may not like is better than none.
public struct AcceptEncoding: Sendable, Equatable {
    /// Whether gzip is welcome, and as welcome at least as content without a coding.
    public let prefersGzip: Bool

    /// Reads the values of all `Accept-Encoding` fields of a request.
    public init(_ values: [String]) {
        prefersGzip = WeightedList(values).map(Self.prefersGzip) ?? false
    }

    /// Content without a coding is always acceptable, and no wish: it counts only where the client names it.
    private static func prefersGzip(_ list: WeightedList) -> Bool {
        let named = [list.weight(of: "gzip"), list.weight(of: "x-gzip")].compactMap { $0 }.min()
        let gzip = named ?? list.weight(of: "*") ?? 0
        return gzip > 0 && gzip >= list.weight(of: "identity") ?? 0
    }
}
