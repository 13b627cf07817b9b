import Domain
import Queue

/// `gigaoffice dlq list`.
struct DeadLettersListCommand {
    private let options: DeadLetterOptions

    init(_ options: DeadLetterOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return DeadLetterProgram(environmentFile: options.environmentFile).run { letters throws(QueueError) in
            guard let page = try await letters.youngest(options.limit) else {
                DeadLetterProgram.sayThatNoTopicIsThere(letters)
                return .success
            }
            let text = DeadLetterText.list(page.letters.reversed(), asJSON: options.asJSON)
            return text.isEmpty ? .success : Terminal.say(text, and: .success)
        }
    }
}
