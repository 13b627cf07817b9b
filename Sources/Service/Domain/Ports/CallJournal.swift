/// Where calls of models are taken down for good. Rows are added and never changed.
public protocol CallJournal: Sendable {
    /// Adds calls. One that is there already stays as it is, so that adding again after a broken connection is
    /// harmless.
    func append(_ calls: [ModelCall]) async throws(StoreError)
}
