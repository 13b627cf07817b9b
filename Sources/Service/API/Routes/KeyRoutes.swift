import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// Making, listing and revoking API keys, by the rules of `gigaoffice keys`. This process goes by the change at once,
/// others do within two seconds.
struct KeyRoutes: OperatorAnswers, Sendable {
    let cache: APIKeyCache
    private static let listed = 1...1_000

    func add(to router: inout Router) {
        router.get("/api/admin/keys") { request in await answer(request, list) }
        router.post("/api/admin/keys") { request in await answer(request, create) }
        router.post("/api/admin/keys/{key_id}/revoke") { request in await answer(request, revoke) }
    }

    @Sendable private func list(_ request: Request) async throws(Problem) -> Response {
        var query = QueryReader(request.head)
        let before = query.value("before", "must be a key's id") { APIKeyID($0) }
        let limit = query.number("limit", in: Self.listed, else: 100)
        try query.check()
        let keys = try await asking { () throws(StoreError) in
            try await cache.store.list(limit: limit, before: before)
        }
        return json { object in
            object.array("keys") { list in
                for key in keys { list.object { APIKeyJSON.write(key, to: &$0) } }
            }
        }
    }

    @Sendable private func create(_ request: Request) async throws(Problem) -> Response {
        let draft = try draft(APIKeyDraft.read(try await request.jsonObject().object))
        let made = NewAPIKey(draft, at: .now)
        guard try await asking({ () throws(StoreError) in try await cache.store.add(made.key) }) else {
            throw Problem(.conflict, .tooManyKeys)
        }
        await showAtOnce()
        return json(.created) { APIKeyJSON.write(made.key, secret: made.text, to: &$0) }
    }

    @Sendable private func revoke(_ request: Request) async throws(Problem) -> Response {
        // A malformed id names no key.
        guard let id = request.parameters["key_id"].flatMap({ APIKeyID($0) }) else {
            throw Problem(.notFound, .keyNotFound)
        }
        switch try await asking({ () throws(StoreError) in try await cache.store.revoke(id) }) {
        case nil: throw Problem(.notFound, .keyNotFound)
        case false?: throw Problem(.conflict, .keyRevokedBefore)
        case true?: break
        }
        await showAtOnce()
        return Response(.noContent)
    }

    /// The change is durable. When it cannot be read back now, the next look will find it.
    private func showAtOnce() async {
        do throws(StoreError) {
            try await cache.refresh()
        } catch {
            return
        }
    }
}
