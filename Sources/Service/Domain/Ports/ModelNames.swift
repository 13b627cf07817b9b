/// Knows the models that clients may name. Callable from any loop's task.
public protocol ModelNames: Sendable {
    /// Whether `name`, `model` or `provider/model`, can be asked for `stage`. Takes seconds when providers have to say
    /// what they have and do not answer.
    func naming(of name: String, for stage: ModelTarget.Stage) async -> ModelNaming
}
