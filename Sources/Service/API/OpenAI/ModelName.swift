import Domain

/// The names of models that clients send.
enum ModelName {
    /// Stands for whatever the routing says.
    static let routed = "gigaoffice"

    /// Our own names and none at all leave the choice to the routing.
    static func target(_ name: String?, for stage: ModelTarget.Stage) -> ModelTarget {
        wish(name).map { .named($0, stage) } ?? .stage(stage)
    }

    /// The name of a model; nil for our own names and for none.
    static func wish(_ name: String?) -> String? {
        name.flatMap { ["", routed, "default"].contains($0) ? nil : $0 }
    }
}
