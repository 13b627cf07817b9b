/// One `name=value` of a query, decoded as a form (WHATWG URL §5.1).
public struct QueryItem: Equatable, Sendable {
    /// What stands before the first `=`.
    public let name: String
    /// What stands behind it; empty without a `=`.
    public let value: String

    /// Takes a raw query apart at `&`; empty pieces are skipped.
    public static func items(in query: ArraySlice<UInt8>) -> [QueryItem] {
        query.split(separator: UInt8(ascii: "&")).map { item in
            let mark = item.firstIndex(of: .equals) ?? item.endIndex
            return QueryItem(
                name: PercentEncoding.decodeForm(item[..<mark]),
                value: PercentEncoding.decodeForm(item[mark...].dropFirst())
            )
        }
    }
}
