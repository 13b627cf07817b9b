import Domain
import HTTP
import HTTPServer
import JSON

/// Tells operators which models there are and who is asked.
struct ModelRoutes: Sendable {
    let source: any ModelReportSource

    func add(to router: inout Router) {
        router.get("/api/models") { _ in Self.response(await source.modelReport()) }
    }

    private static func response(_ report: ModelReport) -> Response {
        let body = JSONWriter.object(capacity: 4096) { object in
            object.array("providers") { list in
                for provider in report.providers { list.object { write(provider, to: &$0) } }
            }
            object.object("routes") { routes in
                for stage in ModelTarget.Stage.allCases {
                    routes.array(stage.rawValue) { list in
                        for choice in report.routes[stage] ?? [] { list.element(choice) }
                    }
                }
            }
            object.array("models") { list in
                for model in report.listing.models { list.object { write(model, to: &$0) } }
            }
            object.object("failures") { failures in
                for (name, failure) in report.listing.failures.sorted(by: { $0.key < $1.key }) {
                    failures.object(name) { object in
                        object.field("class", failure.failureClass.rawValue)
                        object.field("detail", failure.detail)
                    }
                }
            }
        }
        var response = Response(.ok, contentType: "application/json", body: body)
        response.head.fields.set(.cacheControl, "no-store")
        return response
    }

    private static func write(_ provider: ModelReport.Provider, to object: inout JSONObjectWriter) {
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

    private static let names: [(name: String, ability: ModelDescription.Capabilities)] = [
        ("chat", .chat), ("streaming", .streaming), ("tools", .tools), ("embeddings", .embeddings),
        ("files", .files), ("json_schema", .jsonSchema),
    ]

    private static func write(_ abilities: ModelDescription.Capabilities, to object: inout JSONObjectWriter) {
        object.array("capabilities") { list in
            for (name, ability) in names where abilities.contains(ability) { list.element(name) }
        }
    }
}
