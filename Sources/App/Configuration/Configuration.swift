/// Everything the program can be told from outside, parsed and checked; made once at start by
/// `ConfigurationLoader` and only read afterwards.
///
/// The initial values below are the defaults. `SettingTable` says which name fills which property, so the
/// properties are variables; hand the finished value on as a `let`.
struct Configuration: Sendable, Equatable {
    /// `APP_ENV`: what the process is run for.
    var deployment = Deployment.development
    /// The HTTP listener and its limits.
    var server = Server()
    /// Who may call.
    var access = Access()
    /// What is counted and shown.
    var metrics = Metrics()
    /// Where spans go.
    var traces = Traces()
    /// The log's level, form and place.
    var logging = Logging()
    /// The PostgreSQL connections.
    var database = Database()
    /// The Kafka cluster, or the embedded broker.
    var kafka = Kafka()
    /// Jobs: concurrency, leases, limits.
    var worker = Worker()
    /// GigaChat, or the dry run in its place.
    var gigachat = GigaChat()
    /// The models besides GigaChat, and which one is asked for what.
    var models = Models()
    /// Folders and files read at start.
    var paths = Paths()

    /// What a process is run for.
    enum Deployment: String, CaseIterable, Sendable {
        case development, production, test
    }
}
