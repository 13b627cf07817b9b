import Domain

/// The names of models that clients send.
enum ModelName {
    /// Stands for whatever the routing says.
    static let routed = "gigaoffice"

    /// Our own names and none at all leave the choice to the routing.
    static func target(_ name: String?, for stage: ModelTarget.Stage) -> ModelTarget {
        switch name {
        case nil, "", routed, "default": .stage(stage)
        case let name?: .named(name, stage)
        }
    }
}
