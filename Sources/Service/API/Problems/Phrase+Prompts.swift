/// What the API says about categories, presets and feedback.
extension Phrase {
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
