import Domain
import Queue

/// `gigaoffice dlq show`.
struct DeadLettersShowCommand {
    private let options: DeadLetterOptions

    init(_ options: DeadLetterOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return DeadLetterProgram(environmentFile: options.environmentFile).run { letters throws(QueueError) in
            var found: DeadLetterRecord?
            try await DeadLetterProgram.read(letters) { letter in
                if options.positions.contains(where: letter.lies(at:)) { found = letter }
                return found == nil
            }
            guard let found else {
                Terminal.complain("gigaoffice: there is no such dead letter")
                return .negative
            }
            return Terminal.say(DeadLetterText.page(found, asJSON: options.asJSON), and: .success)
        }
    }
}
