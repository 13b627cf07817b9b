import Domain
import HTTP

/// What a route asks of who calls it.
enum RouteAccess: Equatable {
    /// Anybody may call it, whatever the settings.
    case open
    /// A key with this scope, where keys are required; a key that was sent without need has to have it, too.
    case scope(Scope)
    /// An administrator's key, even where nobody else needs one.
    case administrators
    /// A route without a row: only administrators while keys are required. `AccessTests` finds it.
    case undeclared

    /// The row of a route, by the pattern it has in the router. HEAD is GET.
    static func of(_ method: Method, _ pattern: String) -> RouteAccess {
        of((method == .head ? .get : method).description, pattern)
    }

    /// The same by the method's name.
    static func of(_ method: String, _ pattern: String) -> RouteAccess {
        table[Route(method: method, pattern: pattern)] ?? .undeclared
    }

    /// The scope that a key needs; nil where none is needed.
    var scope: Scope? {
        switch self {
        case .open: nil
        case .scope(let scope): scope
        case .administrators, .undeclared: .admin
        }
    }

    private struct Route: Hashable {
        let method: String
        let pattern: String
    }

    private static let table = Dictionary(
        rows.map { (Route(method: $0.description, pattern: $1), $2) }, uniquingKeysWith: { first, _ in first })

    /// One line for each route.
    private static let rows: [(Method, String, RouteAccess)] = [
        (.get, "/livez", .open),
        (.get, "/readyz", .open),
        (.get, "/api/health", .open),
        (.get, "/api/ping", .open),
        (.get, "/robots.txt", .open),
        (.get, "/", .open),
        (.get, "/admin", .open),
        (.get, "/docs", .open),
        (.get, "/redoc", .open),
        (.get, "/openapi.json", .open),
        (.get, "/assets/{file}", .open),

        (.post, "/api/ai/process", .scope(.submit)),
        (.delete, "/api/ai/requests/{request_id}", .scope(.submit)),
        (.post, "/api/ai/response", .scope(.submit)),
        (.post, "/api/v1/feedback", .scope(.submit)),
        (.post, "/api/prompts/classify", .scope(.submit)),
        (.post, "/v1/chat/completions", .scope(.submit)),
        (.post, "/v1/embeddings", .scope(.submit)),
        (.get, "/v1/models", .scope(.submit)),
        (.get, "/v1/models/{model}", .scope(.submit)),
        (.get, "/v1/models/{provider}/{model}", .scope(.submit)),

        (.get, "/api/ai/status/{request_id}", .scope(.read)),
        (.get, "/api/ai/result/{request_id}", .scope(.read)),
        (.get, "/api/prompts/categories", .scope(.read)),
        (.get, "/api/prompts/categories/{id}", .scope(.read)),
        (.get, "/api/prompts/presets", .scope(.read)),

        (.get, "/metrics", .scope(.metrics)),
        (.get, "/api/metrics", .scope(.metrics)),
        (.get, "/api/models", .scope(.metrics)),

        (.get, "/api/admin/overview", .administrators),
        (.get, "/api/admin/jobs", .administrators),
        (.get, "/api/admin/jobs/{request_id}", .administrators),
        (.post, "/api/admin/jobs/{request_id}/retry", .administrators),
        (.post, "/api/admin/jobs/{request_id}/cancel", .administrators),
        (.get, "/api/admin/keys", .administrators),
        (.post, "/api/admin/keys", .administrators),
        (.post, "/api/admin/keys/{key_id}/revoke", .administrators),
        (.get, "/api/admin/queue", .administrators),
        (.get, "/api/admin/dead-letters", .administrators),
        (.get, "/api/admin/dead-letters/{partition}/{offset}", .administrators),
        (.post, "/api/admin/dead-letters/redrive", .administrators),
        (.get, "/api/admin/log-level", .administrators),
        (.put, "/api/admin/log-level", .administrators),

        (.get, "/api/prompts/catalogue", .administrators),
        (.post, "/api/prompts/categories", .administrators),
        (.put, "/api/prompts/categories/{id}", .administrators),
        (.delete, "/api/prompts/categories/{id}", .administrators),
        (.post, "/api/prompts/categories/{id}/activate", .administrators),
        (.post, "/api/prompts/categories/{id}/deactivate", .administrators),
        (.get, "/api/prompts/categories/{id}/versions", .administrators),
        (.post, "/api/prompts/categories/{id}/rollback", .administrators),
        (.post, "/api/prompts/presets", .administrators),
        (.put, "/api/prompts/presets/{id}", .administrators),
        (.delete, "/api/prompts/presets/{id}", .administrators),
        (.post, "/api/prompts/presets/{id}/activate", .administrators),
        (.post, "/api/prompts/presets/{id}/deactivate", .administrators),
        (.get, "/api/prompts/presets/{id}/versions", .administrators),
        (.post, "/api/prompts/presets/{id}/rollback", .administrators),
    ]
}
