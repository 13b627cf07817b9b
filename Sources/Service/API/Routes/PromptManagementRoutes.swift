import Domain
import HTTP
import HTTPServer
import JSON

/// Changing categories and presets, for administrators. What is changed is seen by this process at once.
struct PromptManagementRoutes: StoreRoutes, Sendable {
    let cache: CatalogueCache
    private var catalogue: any PresetCatalogue { cache.catalogue }

    init(cache: CatalogueCache) {
        self.cache = cache
    }

    private typealias Handler =
        @Sendable (Request, CatalogueKey.Kind, _ author: String) async throws(Problem)
        -> Response

    func add(to router: inout Router) {
        router.get("/api/prompts/catalogue") { request in await answer(request, .preset, list) }
        add(.category, "/api/prompts/categories", to: &router)
        add(.preset, "/api/prompts/presets", to: &router)
    }

    private func add(_ kind: CatalogueKey.Kind, _ path: String, to router: inout Router) {
        router.post(path) { request in await answer(request, kind, create) }
        router.on(.put, path + "/{id}") { request in await answer(request, kind, update) }
        router.on(.delete, path + "/{id}") { request in await answer(request, kind, delete) }
        router.post(path + "/{id}/activate") { request in
            await answer(request, kind) { request, kind, author throws(Problem) in
                try await setActive(request, kind, true, author)
            }
        }
        router.post(path + "/{id}/deactivate") { request in
            await answer(request, kind) { request, kind, author throws(Problem) in
                try await setActive(request, kind, false, author)
            }
        }
        router.get(path + "/{id}/versions") { request in await answer(request, kind, versions) }
        router.post(path + "/{id}/rollback") { request in await answer(request, kind, rollBack) }
    }

    private func answer(_ request: Request, _ kind: CatalogueKey.Kind, _ handler: Handler) async -> Response {
        do throws(Problem) {
            return try await handler(request, kind, request.caller.author)
        } catch {
            return error.response(to: request)
        }
    }

    // MARK: Reading

    /// Everything, inactive items too, as the database has it.
    @Sendable private func list(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let contents = try await asking { () throws(StoreError) in try await catalogue.contents() }
        return json(.ok) { object in
            object.field("status", "success")
            object.field("revision", contents.revision)
            object.array("categories") { list in
                for category in contents.categories {
                    list.object { CatalogueJSON.writeFull(.category(category), to: &$0) }
                }
            }
            object.array("prompts") { list in
                for preset in contents.presets { list.object { CatalogueJSON.writeFull(.preset(preset), to: &$0) } }
            }
        }
    }

    @Sendable private func versions(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let key = try key(request, kind)
        let versions = try await asking { () throws(StoreError) in try await catalogue.versions(of: key) }
        guard !versions.isEmpty else { throw notFound(kind) }
        return json(.ok) { object in
            object.field("status", "success")
            object.array("versions") { list in
                for version in versions { list.object { CatalogueJSON.write(version, to: &$0) } }
            }
        }
    }

    // MARK: Changing

    @Sendable private func create(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let draft = try draft(try await request.jsonObject().object, kind, known: nil)
        let outcome = try await asking { () throws(StoreError) in try await catalogue.create(draft, by: author) }
        return try await answer(outcome, kind, .created)
    }

    @Sendable private func update(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let id = try key(request, kind).id
        let object = try await request.jsonObject().object
        var known: String?
        if kind == .category {
            // Names never change, so an old snapshot is right about them; a category it does not know is looked up.
            known = try await name(ofCategory: id)
            guard known != nil else { throw notFound(kind) }
        }
        let draft = try draft(object, kind, known: known)
        let outcome = try await asking { () throws(StoreError) in
            try await catalogue.update(id, to: draft, by: author)
        }
        return try await answer(outcome, kind)
    }

    @Sendable private func delete(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let key = try key(request, kind)
        let outcome = try await asking { () throws(StoreError) in try await catalogue.delete(key, by: author) }
        _ = try await answer(outcome, kind)
        return Response(.noContent)
    }

    private func setActive(
        _ request: Request, _ kind: CatalogueKey.Kind, _ isActive: Bool, _ author: String
    ) async throws(Problem) -> Response {
        let key = try key(request, kind)
        let outcome = try await asking { () throws(StoreError) in
            try await catalogue.setActive(key, isActive, by: author)
        }
        return try await answer(outcome, kind)
    }

    @Sendable private func rollBack(
        _ request: Request, _ kind: CatalogueKey.Kind, _ author: String
    ) async throws(Problem) -> Response {
        let key = try key(request, kind)
        let version: Int
        switch RollbackTask.read(try await request.jsonObject().object) {
        case .success(let task): version = task.version
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
        let outcome = try await asking { () throws(StoreError) in
            try await catalogue.rollBack(key, to: version, by: author)
        }
        guard outcome != .unknown else { throw Problem(.notFound, .versionNotFound) }
        return try await answer(outcome, kind)
    }

    // MARK: Parts

    /// A malformed number names nothing.
    private func key(_ request: Request, _ kind: CatalogueKey.Kind) throws(Problem) -> CatalogueKey {
        guard let id = request.parameters["id"].flatMap({ Int32($0) }) else { throw notFound(kind) }
        return CatalogueKey(kind, Int(id))
    }

    private func notFound(_ kind: CatalogueKey.Kind) -> Problem {
        Problem(.notFound, kind == .category ? .categoryNotFound : .presetNotFound)
    }

    private func name(ofCategory id: Int) async throws(Problem) -> String? {
        if let known = cache.current?.contents.categories.first(where: { $0.id == id }) { return known.draft.name }
        let contents = try await asking { () throws(StoreError) in try await catalogue.contents() }
        return contents.categories.first { $0.id == id }?.draft.name
    }

    private func draft(
        _ object: JSONObject, _ kind: CatalogueKey.Kind, known: String?
    ) throws(Problem) -> CatalogueDraft {
        let read: Result<CatalogueDraft, InputFaults> =
            switch kind {
            case .category: CategoryDraft.read(object, known: known).map(CatalogueDraft.category)
            case .preset:
                PresetDraft.read(object) { id in
                    cache.current?.contents.categories.first { $0.id == id }?.draft.name
                }.map(CatalogueDraft.preset)
            }
        switch read {
        case .success(let draft): return draft
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
    }

    private func answer(
        _ outcome: CatalogueOutcome, _ kind: CatalogueKey.Kind, _ status: Status = .ok
    ) async throws(Problem) -> Response {
        switch outcome {
        case .unknown: throw notFound(kind)
        case .nameTaken: throw Problem(.conflict, .nameTaken)
        case .inUse: throw Problem(.conflict, .categoryInUse)
        case .noCategory:
            let fault = InputFault(["category"], .malformed, "there is no such category")
            throw Problem(.unprocessableContent, .invalidFields, faults: [fault])
        case .done(let item):
            await showAtOnce()
            return json(status) { object in
                object.field("status", "success")
                object.object(kind == .category ? "category" : "prompt") { CatalogueJSON.writeFull(item, to: &$0) }
            }
        }
    }

    /// The change is durable. When it cannot be read back now, the next look will find it.
    private func showAtOnce() async {
        do throws(StoreError) {
            try await cache.refresh()
        } catch {
            return
        }
    }

    private func json(_ status: Status, _ body: (inout JSONObjectWriter) -> Void) -> Response {
        Response(status, contentType: "application/json", body: JSONWriter.object(capacity: 1024, body))
    }
}
