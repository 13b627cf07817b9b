/// What the API says about keys and limits.
extension Phrase {
    static let managementIsOff = Phrase(
        "Управление отключено: нет ни настройки ADMIN_API_KEY, ни ключа с правом admin",
        "Management is off: there is neither the setting ADMIN_API_KEY nor a key with the scope admin")
    static let keyMissing = Phrase(
        "Нужен ключ API в заголовке Authorization: Bearer или X-API-Key",
        "An API key is needed in Authorization: Bearer or X-API-Key")
    static let keyMalformed = Phrase(
        "Ключ API скопирован с ошибкой: такого ключа не бывает", "The API key was copied badly: no key is like this")
    static let keyUnknown = Phrase(
        "Ключ API не подходит: его нет или он отозван", "The API key is not known, or was revoked")
    static let keyExpired = Phrase("Срок действия ключа API истёк", "The API key has expired")
    static let keysUnavailable = Phrase(
        "Ключ API сейчас нельзя проверить, повторите запрос позже",
        "The API key cannot be checked now, try again later")

    static func rateLimitExceeded(_ standing: RateStanding) -> Phrase {
        Phrase(
            "Слишком много запросов: не больше \(standing.limit) в минуту. Повторите через \(standing.resetSeconds) с",
            "Too many requests: at most \(standing.limit) a minute. Try again in \(standing.resetSeconds) s")
    }

    static func scopeMissing(_ scope: String) -> Phrase {
        Phrase("У ключа API нет права \(scope)", "The API key lacks the scope \(scope)")
    }
}
