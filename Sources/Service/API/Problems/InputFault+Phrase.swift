import Domain

extension InputFault {
    /// The fault for a person who fills in a form: less exact than `message`, which is for people who write clients.
    var phrase: Phrase {
        switch kind {
        case .missing: Phrase("обязательное поле", message)
        case .wrongType: Phrase("значение неверного типа", message)
        case .tooShort: Phrase("не должно быть пустым", message)
        case .tooLong: Phrase("слишком длинный текст", message)
        case .outOfRange: Phrase("число вне допустимых границ", message)
        case .nulCharacter: Phrase("текст содержит символ NUL", message)
        case .malformed: Phrase("недопустимое значение", message)
        case .tooLarge: Phrase("слишком много данных", message)
        }
    }
}
