/// What is said when a model gives no answer.
extension Phrase {
    static let modelBlocked = Phrase(
        "Модель отказалась отвечать: сработала фильтрация содержимого",
        "The model refused to answer: its content filter was triggered")
    static let modelNotFound = Phrase("Такой модели нет", "The model does not exist or cannot be used")
    static let modelRateLimited = Phrase(
        "Слишком много запросов к модели, повторите позже", "Too many requests for the model, try again later")
    static let modelQuotaExhausted = Phrase(
        "Оплаченный объём токенов модели исчерпан", "The quota of tokens for the model is used up")
    static let modelRefusesUs = Phrase(
        "Поставщик модели отказал сервису в доступе", "The model's provider refused access to this service")
    static let modelFailed = Phrase(
        "Поставщик модели ответил ошибкой", "The model's provider failed or gave an unreadable answer")
    static let modelUnreachable = Phrase(
        "Поставщик модели недоступен, повторите позже", "The model's provider cannot be reached, try again later")
    static let modelTimedOut = Phrase(
        "Модель не ответила вовремя", "The model did not answer in time")

    static func modelRefusesRequest(_ detail: String) -> Phrase {
        Phrase("Модель не принимает такой запрос: \(detail)", "The model refuses such a request: \(detail)")
    }
}
