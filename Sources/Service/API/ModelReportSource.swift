/// Where `/api/models` learns of the models. Callable from any loop's task.
public protocol ModelReportSource: Sendable {
    /// The report of now; the listing in it may be a minute old. Takes seconds when a provider does not answer.
    func modelReport() async -> ModelReport
}
