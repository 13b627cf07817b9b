/// All texts that prompts are made of.
public struct PromptLibrary: Sendable, Equatable {
    /// By `sortOrder`, then `id`.
    public let categories: [PromptCategory]
    /// By their category's place, then `id`.
    public let presets: [Preset]
    /// By category name.
    public let systemPrompts: [String: SystemPrompt]
    /// For categories that have no system prompt of their own, because people made them while the service ran; nil
    /// where there are none.
    public let general: SystemPrompt?
    /// For the model that finds the category of a task.
    public let classifier: SystemPrompt
    /// Tasks whose category is known, for the lexical classifier.
    public let phrases: [LabelledPhrase]

    /// A library from its parts, in any order. `faults` tells whether they fit together.
    public init(
        categories: [PromptCategory], presets: [Preset], systemPrompts: [String: SystemPrompt],
        classifier: SystemPrompt, general: SystemPrompt? = nil, phrases: [LabelledPhrase] = []
    ) {
        let sorted = categories.sorted { ($0.sortOrder, $0.id) < ($1.sortOrder, $1.id) }
        let place = Dictionary(sorted.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.categories = sorted
        self.presets = presets.sorted {
            (place[$0.category] ?? .max, $0.id) < (place[$1.category] ?? .max, $1.id)
        }
        self.systemPrompts = systemPrompts
        self.classifier = classifier
        self.general = general
        self.phrases = phrases
    }

    /// Categories that tasks can have.
    public var activeCategories: [PromptCategory] { categories.filter(\.isActive) }

    /// The category of that name, active or not.
    public func category(named name: String) -> PromptCategory? {
        categories.first { $0.name == name }
    }

    /// The category with that number, active or not.
    public func category(withID id: Int) -> PromptCategory? {
        categories.first { $0.id == id }
    }

    /// The presets of a category, in order.
    public func presets(inCategory name: String) -> [Preset] {
        presets.filter { $0.category == name }
    }

    /// The system prompt for tasks of a category: its own, else the general one with what the category is for. Nil
    /// when there is no such category or it is not active.
    public func systemPrompt(forCategory name: String) -> SystemPrompt? {
        guard let category = category(named: name), category.isActive else { return nil }
        return systemPrompts[name] ?? general?.about(category)
    }
}
