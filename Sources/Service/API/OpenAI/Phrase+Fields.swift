/// What is wrong with a field of a request, and what would have been right.
extension Phrase {
    static let aString = Phrase("строка", "a string")
    static let aBoolean = Phrase("true или false", "a boolean")
    static let anInteger = Phrase("целое число", "an integer")
    static let aNumber = Phrase("число", "a number")
    static let anObject = Phrase("объект", "an object")
    static let anArray = Phrase("массив", "an array")
    static let aTextOrParts = Phrase("строка или массив частей", "a string or an array of parts")
    static let aTextOrTexts = Phrase("строка или массив строк", "a string or an array of strings")
    static let aName = Phrase(
        "должно быть от 1 до 64 латинских букв, цифр и знаков _ - .",
        "must be 1 to 64 letters, digits and the characters _ - .")
    static let notEmpty = Phrase("не должно быть пустым", "must not be empty")
    static let onlyOneChoice = Phrase(
        "поддерживается только один вариант ответа", "only one choice can be generated")
    static let onlyTextParts = Phrase(
        "поддерживаются только части с типом text; изображения, звук и файлы не принимаются",
        "only parts of type text are supported; images, audio and files are not accepted")
    static let onlyFunctions = Phrase(
        "поддерживаются только инструменты с типом function", "only tools of type function are supported")
    static let noSuchTool = Phrase("такого инструмента нет в запросе", "the request has no such tool")
    static let needsTools = Phrase("нужен хотя бы один инструмент", "needs at least one tool")
    static let tokensNotSupported = Phrase(
        "списки токенов не поддерживаются, нужен текст", "lists of tokens are not supported, send text")
    static let dimensionsNotSupported = Phrase(
        "число измерений выбирать нельзя", "the number of dimensions cannot be chosen")
    static let onlyWhenStreaming = Phrase(
        "допустимо только при stream: true", "is only allowed when stream is true")

    static func between(_ low: String, _ high: String) -> Phrase {
        Phrase("должно быть от \(low) до \(high)", "must be from \(low) to \(high)")
    }

    static func atMostElements(_ limit: Int) -> Phrase {
        Phrase("не больше \(limit) элементов", "must have at most \(limit) elements")
    }

    static func atMostBytes(_ limit: Int) -> Phrase {
        Phrase("слишком длинно: не больше \(limit) байт UTF-8", "is too long: at most \(limit) bytes of UTF-8")
    }

    static func oneOf(_ words: [String]) -> Phrase {
        let list = words.joined(separator: ", ")
        return Phrase("допустимые значения: \(list)", "must be one of \(list)")
    }
}
