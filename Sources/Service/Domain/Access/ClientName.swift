/// Who has submitted a job, as it is stored with it: what clients take turns by, what idempotency keys belong to and
/// what decides who may see the job.
public enum ClientName {
    /// How the names of owners of API keys begin; no address does.
    public static let keyMark = "key:"

    /// The owner of an API key.
    public static func key(_ id: APIKeyID) -> String { keyMark + id.description }

    /// Whether this is the owner of an API key.
    static func isKey(_ name: String) -> Bool { name.hasPrefix(keyMark) }
}
