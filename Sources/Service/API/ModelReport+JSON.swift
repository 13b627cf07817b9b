import Domain
public import JSON

/// How a report is told to programs.
extension ModelReport {
    /// Writes `providers`, `routes`, `models` and `failures`.
    public func write(to object: inout JSONObjectWriter) {
        object.array("providers") { list in
            for provider in providers { list.object { Self.write(provider, to: &$0) } }
        }
        object.object("routes") { object in
            for stage in ModelTarget.Stage.allCases {
                object.array(stage.rawValue) { list in
                    for choice in routes[stage] ?? [] { list.element(choice) }
                }
            }
        }
        object.array("models") { list in
            for model in listing.models { list.object { Self.write(model, to: &$0) } }
        }
        object.object("failures") { failures in
            for (name, failure) in listing.failures.sorted(by: { $0.key < $1.key }) {
                failures.object(name) { object in
                    object.field("class", failure.failureClass.rawValue)
                    object.field("detail", failure.detail)
                }
            }
        }
    }

    private static func write(_ provider: Provider, to object: inout JSONObjectWriter) {
        object.field("name", provider.name)
        object.field("usable", provider.standing.isUsable)
        object.field("detail", ifPresent: provider.standing.detail)
        object.field("breaker", provider.breaker)
        write(provider.capabilities, to: &object)
    }

    private static func write(_ model: ModelDescription, to object: inout JSONObjectWriter) {
        object.field("id", model.id)
        object.field("provider", model.provider)
        object.field("owner", ifPresent: model.owner)
        write(model.capabilities, to: &object)
    }

    private static func write(_ abilities: ModelDescription.Capabilities, to object: inout JSONObjectWriter) {
        object.array("capabilities") { list in
            for name in abilities.names { list.element(name) }
        }
    }
}
