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
            var youngest = YoungestLetters(limit: options.limit)
            try await DeadLetterProgram.read(letters) { letter in
                youngest.add(letter)
                return true
            }
            let text = DeadLetterText.list(youngest.inOrder, asJSON: options.asJSON)
            return text.isEmpty ? .success : Terminal.say(text, and: .success)
        }
    }
}
