/// Every setting there is. Parsing, faults, `gigaoffice config`, `.env.example` and docs/configuration.md all come
/// from here; a setting is added by one line and the property it fills.
enum SettingTable {
    static let groups = [
        service, server, serverLimits, metrics, traces, logging, paths, database, kafka, worker, gigachat, providers,
        routing,
    ]

    static let settings = groups.flatMap(\.settings)

    /// The names whose unknown neighbours are worth a warning: nobody else's variables start like this.
    static let ownPrefixes = ["GIGACHAT_", "KAFKA_", "DB_"]

    /// Read before anything else, so only the environment can hold it.
    static let environmentFileName = "GIGAOFFICE_ENV_FILE"
}
