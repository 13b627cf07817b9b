import Domain
import HTTP
import HTTPServer

/// The model that a client wants its job done by.
extension JobRoutes {
    /// What `X-GigaOffice-Model` says, whether or not there is such a model.
    func wishedName(_ request: Request) -> String? {
        ModelName.wish(request.head.first("x-gigaoffice-model"))
    }

    /// The model that `X-GigaOffice-Model` names; nil leaves the choice to the routing.
    func wishedModel(_ request: Request) async throws(Problem) -> String? {
        guard let name = wishedName(request) else { return nil }
        guard name.utf8.count <= ChatLimits.nameBytes else {
            throw Problem(.unprocessableContent, .modelNameTooLong(ChatLimits.nameBytes))
        }
        switch await modelNames?.naming(of: name, for: .generation) ?? .refused {
        case .known: return name
        case .unknown(let known): throw Problem(.unprocessableContent, .unknownModel(name, known))
        case .ambiguous(let choices): throw Problem(.unprocessableContent, .ambiguousModel(name, choices))
        case .unsuitable: throw Problem(.unprocessableContent, .unsuitableModel(name))
        case .refused: throw Problem(.badRequest, .modelChoiceIsOff)
        case .undecided(let silent):
            throw Problem(.serviceUnavailable, .undecidedModel(name, silent), retryAfter: 5)
        }
    }
}

/// What is said about the model of a job.
extension Phrase {
    static let modelChoiceIsOff = Phrase(
        "Модель здесь выбирает сервис: не указывайте X-GigaOffice-Model",
        "The service chooses the model here: leave out X-GigaOffice-Model")

    static func modelNameTooLong(_ limit: Int) -> Phrase {
        Phrase("X-GigaOffice-Model длиннее \(limit) байт", "X-GigaOffice-Model is longer than \(limit) bytes")
    }

    static func unknownModel(_ name: String, _ known: [String]) -> Phrase {
        let (few, rest) = (known.prefix(20).joined(separator: ", "), known.count - 20)
        return Phrase(
            "Модели «\(name)» нет. Есть: \(few)" + (rest > 0 ? " и ещё \(rest), см. /api/models" : ""),
            "There is no model \"\(name)\". There are: \(few)" + (rest > 0 ? " and \(rest) more, see /api/models" : ""))
    }

    static func ambiguousModel(_ name: String, _ choices: [String]) -> Phrase {
        let list = choices.joined(separator: ", ")
        return Phrase(
            "Модель «\(name)» есть у нескольких поставщиков, укажите одну из: \(list)",
            "Several providers have the model \"\(name)\": name one of \(list)")
    }

    static func unsuitableModel(_ name: String) -> Phrase {
        Phrase("Модель «\(name)» не выполняет запросов", "The model \"\(name)\" does no jobs")
    }

    static func undecidedModel(_ name: String, _ silent: [String]) -> Phrase {
        let list = silent.joined(separator: ", ")
        return Phrase(
            "Не удалось узнать, есть ли модель «\(name)»: не отвечает \(list). Укажите поставщик/модель",
            "Whether there is a model \"\(name)\" is not known: no answer from \(list). Name provider/model")
    }
}
