/// How the server was asked to run.
struct Arguments: Sendable {
    /// 0 lets the system choose.
    var port: UInt16 = 0
    /// Event loops, one thread each; 1 for the comparison with one nginx worker.
    var loops = 1
    /// Open connections over all loops.
    var maximumConnections = 20_000
    /// Whether requests are counted, as `METRICS_ENABLED` decides in the service.
    var counts = true

    /// Nil when a number is missing its sense, or there are too many of them.
    init?(_ words: ArraySlice<String>) {
        var words = words
        if let word = words.popFirst() {
            guard let number = UInt16(word) else { return nil }
            port = number
        }
        if let word = words.popFirst() {
            guard let number = Int(word), (1...256).contains(number) else { return nil }
            loops = number
        }
        if let word = words.popFirst() {
            guard let number = Int(word), (1...1_000_000).contains(number) else { return nil }
            maximumConnections = number
        }
        if let word = words.popFirst() {
            guard word == "no-metrics" else { return nil }
            counts = false
        }
        guard words.isEmpty else { return nil }
    }
}
