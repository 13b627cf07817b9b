import HTTP
import HTTPServer

/// The pages for people, the description for programs, and the files that the pages load.
struct PageRoutes: Sendable {
    private let description: ReadyAnswer
    private let pages: [String: StaticFile]
    private let assets: [String: StaticFile]
    private let hasBundles: Bool

    /// A page that is missing is a fault of the installation, which whoever reads the files has found.
    init(_ contents: Pages) {
        description = ReadyAnswer(contents.description)
        hasBundles = contents.hasBundles
        pages = contents.files.reduce(into: [:]) { pages, file in
            guard file.key.hasSuffix(".html") else { return }
            let isForDocuments = Self.documentPages.contains(file.key)
            pages[file.key] = StaticFile(file.key, file.value, policy: isForDocuments ? .documents : .own)
        }
        assets = contents.files.merging(contents.bundles) { own, _ in own }.reduce(into: [:]) { assets, file in
            guard !file.key.hasSuffix(".html") else { return }
            assets[file.key] = StaticFile(file.key, file.value)
        }
    }

    private static let documentPages: Set<String> = ["swagger.html", "redoc.html"]

    func add(to router: inout Router) {
        let description = description
        router.get("/openapi.json") { (request: Request) -> Response in
            var response = description.response(to: request)
            response.head.fields.set(.cacheControl, "no-cache")
            return response
        }
        router.get("/") { (request: Request) -> Response in page("try.html", request) }
        router.get("/admin") { (request: Request) -> Response in page("admin.html", request) }
        router.get("/docs") { (request: Request) -> Response in documents("swagger.html", request) }
        router.get("/redoc") { (request: Request) -> Response in documents("redoc.html", request) }
        router.get("/assets/{file}") { (request: Request) -> Response in
            guard let file = assets[request.parameters["file"] ?? ""] else { return missing(request) }
            return file.response(to: request)
        }
    }

    /// Where the bundles are not installed, a page says how to get them.
    private func documents(_ name: String, _ request: Request) -> Response {
        hasBundles ? page(name, request) : page("documents-missing.html", request, .notFound)
    }

    private func page(_ name: String, _ request: Request, _ status: Status = .ok) -> Response {
        pages[name]?.response(to: request, status) ?? missing(request)
    }

    private func missing(_ request: Request) -> Response {
        Problem(.notFound, .pathNotFound).response(to: request)
    }
}
