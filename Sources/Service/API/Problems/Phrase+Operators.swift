/// What the API says to those who operate the service.
extension Phrase {
    static let tooManyKeys = Phrase(
        "Действующих ключей API уже слишком много: отзовите ненужные",
        "There are too many API keys that are not revoked: revoke some first")
    static let keyNotFound = Phrase("Такого ключа API нет", "There is no such API key")
    static let keyRevokedBefore = Phrase("Этот ключ API уже отозван", "This API key was revoked before")

    static let queueUnavailable = Phrase(
        "Kafka сейчас не отвечает, повторите запрос позже", "Kafka does not answer now, try again later")
    static let deadLetterNotFound = Phrase("Такого сообщения в очереди нет", "There is no such dead letter")
    static let noDeadLetter = Phrase(
        "Это не недоставленное сообщение: отправлять нечего", "This is not a dead letter: there is nothing to send")
    static func deadLetter(of topic: String, insteadOf wanted: String) -> Phrase {
        Phrase(
            "Сообщение, как в нём сказано, из топика \(topic), а отправлять можно только в \(wanted)",
            "It says that it came from the topic \(topic), and messages are sent to \(wanted) only")
    }
    static let deadLetterWithoutMessage = Phrase(
        "Исходного сообщения здесь нет: отправлять нечего",
        "The original message is not in it: there is nothing to send")

    static let logLevelReach = Phrase(
        "Только этот процесс, до его конца или до SIGHUP, который возвращает настройку",
        "This process only, until it ends or SIGHUP brings the setting back")
}
