/// Why the store could not do what it was asked, by what the caller can do about it.
public enum StoreError: Error, Sendable, CustomStringConvertible {
    /// The database cannot be reached or is overloaded; nothing was done. Try again later.
    case unavailable(String)
    /// The connection broke in the middle: the work may or may not have been done.
    case inDoubt(String)
    /// The store refused; a fault of ours.
    case rejected(String)

    /// The reason, for logs only.
    public var description: String {
        switch self {
        case .unavailable(let reason), .inDoubt(let reason), .rejected(let reason): reason
        }
    }
}
