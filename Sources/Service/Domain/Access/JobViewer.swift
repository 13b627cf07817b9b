/// Who asks for a job: a job that somebody may not see is not there for them.
public enum JobViewer: Sendable, Equatable {
    /// An administrator, who sees all jobs.
    case administrator
    /// Somebody with an API key, who sees what was submitted with it.
    case client(String)
    /// Somebody without a key, where none is asked for: sees all jobs but those that were submitted with keys.
    case keyless

    /// Whether a job that `client` has submitted is there for this viewer.
    public func sees(jobsOf client: String) -> Bool {
        switch self {
        case .administrator: true
        case .client(let name): name == client
        case .keyless: !ClientName.isKey(client)
        }
    }
}
