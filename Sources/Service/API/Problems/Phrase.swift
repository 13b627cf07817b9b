import Domain

/// A text for people in both languages.
struct Phrase: Sendable {
    let russian: String
    let english: String

    init(_ russian: String, _ english: String) {
        self.russian = russian
        self.english = english
    }

    func text(in language: Language) -> String {
        switch language {
        case .russian: russian
        case .english: english
        }
    }
}

/// What the API says to people. Texts that existing clients know are kept to the letter.
extension Phrase {
    static let queued = Phrase("Запрос добавлен в очередь обработки", "The request was added to the queue")
    static let unfinished = Phrase("Запрос еще не завершен", "The request is not finished yet")
    static let cancelled = Phrase("Запрос отменён", "The request was cancelled")
    static let requestNotFound = Phrase("Request not found", "Request not found")

    static let pathNotFound = Phrase("Такого адреса нет", "There is nothing at this address")
    static let methodNotAllowed = Phrase(
        "Этот метод здесь не поддерживается", "This method is not supported at this address")
    static let methodNotImplemented = Phrase(
        "Этот метод не поддерживается", "This method is not supported anywhere on this server")
    static let overloaded = Phrase(
        "Сервис перегружен, повторите запрос позже", "The service is overloaded, try again later")
    static let unsupportedType = Phrase(
        "Тело запроса должно быть в формате application/json", "The request body must be application/json")
    static let bodyTooLarge = Phrase("Тело запроса слишком велико", "The request body is too large")
    static let bodyTooSlow = Phrase("Тело запроса не пришло вовремя", "The request body did not arrive in time")
    static let bodyCutOff = Phrase("Тело запроса оборвалось", "The request body was cut off")
    static let notAnObject = Phrase("Тело запроса должно быть объектом JSON", "The request body must be a JSON object")
    static let invalidFields = Phrase("Запрос заполнен неверно", "The request has invalid fields")
    static let storageUnavailable = Phrase(
        "База данных временно недоступна, повторите запрос позже",
        "The database is temporarily unavailable, try again later")
    static func submissionInDoubt(_ id: JobID) -> Phrase {
        Phrase(
            "База данных временно недоступна, и неизвестно, принят ли запрос: сначала спросите /api/ai/status/\(id)",
            "The database is temporarily unavailable, and whether the request was accepted is not known: "
                + "ask /api/ai/status/\(id) before you send it again")
    }
    static let internalError = Phrase("Внутренняя ошибка сервиса", "An internal error occurred")
    static let queueIsFull = Phrase(
        "Очередь запросов заполнена, повторите запрос позже", "The queue is full, try again later")
    static let badIdempotencyKey = Phrase(
        "Заголовок Idempotency-Key должен содержать от 1 до 255 видимых символов ASCII",
        "Idempotency-Key must have 1 to 255 visible ASCII characters")
    static let idempotencyKeyReused = Phrase(
        "Этот Idempotency-Key уже использован для другого запроса",
        "This Idempotency-Key was already used for a different request")

    static func alreadyEnded(_ state: JobState) -> Phrase {
        state == .failed
            ? Phrase("Запрос уже завершился ошибкой", "The request has already failed")
            : Phrase("Запрос уже выполнен", "The request is already completed")
    }

    /// Only what failed or was cancelled can run again.
    static func cannotRetry(_ state: JobState) -> Phrase {
        Phrase(
            "Повторить можно только неудавшийся или отменённый запрос, а этот: \(state.rawValue)",
            "Only a failed or cancelled request can run again; this one is \(state.rawValue)")
    }

    static func invalidJSON(_ description: String) -> Phrase {
        Phrase(
            "Тело запроса не является правильным JSON: \(description)",
            "The request body is not valid JSON: \(description)")
    }

    static func malformedRequest(_ reason: String) -> Phrase {
        Phrase("Запрос HTTP составлен неверно: \(reason)", "The HTTP request is malformed: \(reason)")
    }
}
