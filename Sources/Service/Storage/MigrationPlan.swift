/// What has to be done to bring a database to the present schema; a pure comparison.
public struct MigrationPlan: Sendable, Equatable {
    /// What the database says about a file that was applied.
    public struct Applied: Sendable, Equatable {
        let version: Int
        let name: String
        let checksum: String

        /// Repeats a row of `schema_migrations`.
        public init(version: Int, name: String, checksum: String) {
            self.version = version
            self.name = name
            self.checksum = checksum
        }
    }

    /// Files to apply, in order.
    public let pending: [Migration]

    /// Compares the files with what was applied. Throws when they contradict each other.
    public init(files: [Migration], applied: [Applied]) throws(MigrationError) {
        let newest = applied.max { $0.version < $1.version }
        for old in applied.sorted(by: { $0.version < $1.version }) {
            guard let file = files.first(where: { $0.version == old.version }) else { throw .missing(old.name) }
            guard file.checksum == old.checksum else { throw .changed(file.name) }
        }
        pending = files.filter { file in !applied.contains { $0.version == file.version } }
            .sorted { $0.version < $1.version }
        if let newest, let early = pending.first, early.version < newest.version {
            throw .outOfOrder(early.name, after: newest.name)
        }
    }
}
