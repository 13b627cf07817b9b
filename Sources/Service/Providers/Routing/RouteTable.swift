public import Domain

/// Which models are asked for what, as configured.
public struct RouteTable: Sendable, Equatable {
    /// The models of each tier, the first choice first.
    public var tiers: [ModelTier: [ModelChoice]]
    /// The tier of a stage or a category, by its name; a category's word counts more.
    public var assignments: [String: ModelTier]
    /// Asked for a stage whose tier has no models, or which has no tier.
    public var defaults: [ModelTarget.Stage: [ModelChoice]]

    /// The tiers of stages that nothing is said about.
    public static let usualAssignments: [String: ModelTier] = [
        ModelTarget.Stage.classification.rawValue: .cheap,
        ModelTarget.Stage.chat.rawValue: .cheap,
        ModelTarget.Stage.generation.rawValue: .expensive,
        "analysis": .expensive,
    ]

    /// A table. Assignments add to the usual ones.
    public init(
        tiers: [ModelTier: [ModelChoice]] = [:], assignments: [String: ModelTier] = [:],
        defaults: [ModelTarget.Stage: [ModelChoice]] = [:]
    ) {
        self.tiers = tiers
        self.assignments = Self.usualAssignments.merging(assignments) { $1 }
        self.defaults = defaults
    }

    /// The models for a stage, the first choice first. Embeddings have no tier of their own unless one is assigned:
    /// a model that chats does not embed. A category decides about generation only.
    public func candidates(for stage: ModelTarget.Stage, category: String?) -> [ModelChoice] {
        let ofCategory = stage == .generation ? category.flatMap { assignments[$0] } : nil
        let tier = ofCategory ?? assignments[stage.rawValue]
        let ofTier = tier.flatMap { tiers[$0] } ?? []
        return ofTier.isEmpty ? defaults[stage] ?? [] : ofTier
    }
}
