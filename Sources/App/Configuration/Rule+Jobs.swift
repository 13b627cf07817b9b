import Domain

extension Rule where Value == JobID {
    /// A job's id.
    static var jobID: Self {
        Rule("a job's id, which is a UUID") {
            JobID($0)
        } write: {
            $0.description
        }
    }
}
