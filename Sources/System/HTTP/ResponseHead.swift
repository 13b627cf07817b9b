/// Status and fields of a response; what the connection and the body need is the encoder's business.
public struct ResponseHead: Sendable, Equatable {
    /// The status.
    public var status: Status
    /// The fields, without framing, `Connection` and `Date`.
    public var fields: HeaderFields

    /// A head with these fields.
    public init(_ status: Status, fields: HeaderFields = HeaderFields()) {
        self.status = status
        self.fields = fields
    }
}
