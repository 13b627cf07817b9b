/// What the API says about categories, presets and feedback.
extension Phrase {
    static let managementIsOff = Phrase(
        "Управление отключено: не задана настройка ADMIN_API_KEY", "Management is off: ADMIN_API_KEY is not set")
    static let adminKeyMissing = Phrase(
        "Нужен ключ администратора в заголовке Authorization: Bearer или X-API-Key",
        "An administrator's key is needed in Authorization: Bearer or X-API-Key")
    static let adminKeyWrong = Phrase("Ключ администратора не подходит", "The administrator's key is wrong")
    static let categoryNotFound = Phrase("Категория не найдена", "There is no such category")
    static let presetNotFound = Phrase("Промпт не найден", "There is no such prompt")
    static let versionNotFound = Phrase("Такой версии нет", "There is no such version")
    static let nameTaken = Phrase("Это имя уже занято", "This name is taken")
    static let categoryInUse = Phrase(
        "В категории есть промпты: сначала удалите или перенесите их",
        "The category has prompts: delete or move them first")
    static let catalogueUnknown = Phrase(
        "Список промптов ещё не загружен, повторите запрос позже", "The prompts are not loaded yet, try again later")
    static let feedbackJobNotFound = Phrase("AI request not found", "AI request not found")
}
