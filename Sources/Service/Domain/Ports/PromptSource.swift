public import Prompts

/// The prompts as they are at the moment: people change categories and presets while the service runs.
public protocol PromptSource: Sendable {
    /// What counts now. Any thread; never waits. Whoever needs several things of it takes it once, so that they fit
    /// together.
    var current: LearntLibrary { get }
}

/// Prompts that never change.
extension LearntLibrary: PromptSource {
    /// Itself.
    public var current: LearntLibrary { self }
}
