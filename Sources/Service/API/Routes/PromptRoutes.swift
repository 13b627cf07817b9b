import Domain
import HTTP
import HTTPServer
import JSON

/// What clients ask about categories and presets. Lists come from memory, whatever the database does.
struct PromptRoutes: Sendable {
    let cache: CatalogueCache
    let classifier: any CategoryClassifier

    func add(to router: inout Router) {
        router.get("/api/prompts/categories") { (request: Request) -> Response in
            answer(request) { snapshot in snapshot.categoryList }
        }
        router.get("/api/prompts/categories/{id}") { (request: Request) -> Response in
            answer(request, .categoryNotFound) { $0.page(of: request.parameters["id"] ?? "") }
        }
        router.get("/api/prompts/presets") { (request: Request) -> Response in
            answer(request, .categoryNotFound) { snapshot in
                guard let category = request.head.queryValue("category"), !category.isEmpty else {
                    return snapshot.presetList
                }
                return snapshot.presets(of: category)
            }
        }
        router.post("/api/prompts/classify") { request in
            do throws(Problem) {
                return try await classify(request)
            } catch {
                return error.response(to: request)
            }
        }
    }

    private func answer(
        _ request: Request, _ missing: Phrase = .pathNotFound, _ find: (CatalogueSnapshot) -> ReadyAnswer?
    ) -> Response {
        guard let snapshot = cache.current else {
            return Problem(.serviceUnavailable, .catalogueUnknown, retryAfter: 1).response(to: request)
        }
        guard let found = find(snapshot) else { return Problem(.notFound, missing).response(to: request) }
        return found.response(to: request)
    }

    // MARK: Classifying

    private func classify(_ request: Request) async throws(Problem) -> Response {
        let task: ClassifyTask
        switch ClassifyTask.read(try await request.jsonObject().object) {
        case .success(let value): task = value
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
        guard let snapshot = cache.current else { throw Problem(.serviceUnavailable, .catalogueUnknown, retryAfter: 1) }
        cache.noteUse(task.text)
        let guess = await classifier.classify(task.text)
        let category = snapshot.category(named: guess.category)
        let body = JSONWriter.object { object in
            object.field("success", true)
            object.field("query_text", task.text)
            object.object("category") { write(category, snapshot, task, to: &$0) }
            object.field("confidence", min(max(guess.confidence, 0), 1))
            object.field("source", guess.source.rawValue)
        }
        return Response(.ok, contentType: "application/json", body: body)
    }

    /// A category that clients do not see is none for them.
    private func write(
        _ category: CatalogueCategory?, _ snapshot: CatalogueSnapshot, _ task: ClassifyTask,
        to object: inout JSONObjectWriter
    ) {
        guard var category else { return object.field("name", "uncertain") }
        if !task.includesDescriptions {
            var draft = category.draft
            draft.description = ""
            category = CatalogueCategory(
                id: category.id, draft: draft, version: category.version, followsFiles: category.followsFiles)
        }
        CatalogueJSON.write(category, promptCount: snapshot.presetCount(of: category), to: &object)
    }
}
