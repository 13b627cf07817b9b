/// A rendered `Date` field. It changes once a second, so a loop renders it once and shares it among its responses.
public struct DateField: Sendable, Equatable {
    /// `Date: … GMT CRLF`.
    let bytes: [UInt8]

    /// Renders the field for one moment.
    public init(_ date: HTTPDate) {
        var bytes = Array("Date: ".utf8)
        date.append(to: &bytes)
        bytes.append(.carriageReturn)
        bytes.append(.lineFeed)
        self.bytes = bytes
    }
}
