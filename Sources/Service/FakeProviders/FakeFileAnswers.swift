import JSON

/// The answers about files.
struct FakeFileAnswers {
    let fake: FakeGigaChat

    /// Keeps the file of a form; its part is called `file`, and `purpose` says what for.
    func upload(_ request: FakeRequest) -> FakeReply {
        let form = FakeForm(contentType: request.field("Content-Type"), body: request.body)
        guard let form else { return .apiError(400, "no multipart/form-data") }
        // Guess: the status and the words of both.
        guard let part = form.parts.first(where: { $0.name == "file" }) else {
            return .apiError(422, "Invalid params: file is missing")
        }
        guard let purpose = form.text("purpose"), purpose == "general" else {
            return .apiError(422, "Invalid params: purpose must be general")
        }
        guard let file = fake.files.add(part, purpose: purpose) else {
            return .apiError(413, "Payload too large")
        }
        return .json(file.json)
    }

    func list() -> FakeReply {
        .json(["data": .array(fake.files.all.map(\.json))])
    }

    func describe(_ path: String) -> FakeReply {
        fake.files.find(Self.id(in: path)).map { .json($0.json) } ?? Self.missing
    }

    func content(_ path: String) -> FakeReply {
        guard let file = fake.files.find(Self.id(in: path)) else { return Self.missing }
        return FakeReply(contentType: file.type, pieces: [file.content])
    }

    func delete(_ path: String) -> FakeReply {
        let id = Self.id(in: path)
        guard fake.files.delete(id) else { return Self.missing }
        return .json(["id": .string(String(id)), "deleted": true])
    }

    private static let missing = FakeReply.apiError(404, "No such file")

    /// What follows `files` in the path.
    private static func id(in path: String) -> Substring {
        let parts = path.split(separator: "/")
        guard let place = parts.firstIndex(of: "files"), place + 1 < parts.count else { return "" }
        return parts[place + 1]
    }
}
