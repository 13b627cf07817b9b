import Domain
import EventLoop
import Queue
import Worker

/// `gigaoffice dlq redrive`.
struct DeadLettersRedriveCommand {
    private let options: DeadLetterOptions

    init(_ options: DeadLetterOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return DeadLetterProgram(environmentFile: options.environmentFile).run { letters throws(QueueError) in
            var code = ExitCode.success
            var missing = Set(options.positions)
            try await DeadLetterProgram.read(letters) { letter in
                let names = options.positions.filter(letter.lies(at:))
                guard options.isAboutAll || !names.isEmpty else { return true }
                missing.subtract(names)
                if await !Self.redrive(letter, through: letters) { code = .negative }
                return true
            }
            for place in missing {
                Terminal.complain("gigaoffice: there is no dead letter \(Rule.deadLetter.write(place) ?? "")")
                code = .negative
            }
            return code
        }
    }

    /// Says what came of it; false when the message was not sent.
    private static func redrive(_ letter: DeadLetterRecord, through letters: KafkaDeadLetters) async -> Bool {
        guard let original = letter.original, let value = letter.value else {
            let what = letter.original == nil ? "is not a dead letter" : "has no message in it"
            Terminal.complain("gigaoffice: \(letter.place) \(what)")
            return false
        }
        do throws(QueueError) {
            let place = try await letters.redrive(letter, value: RedrivenMessage.value(value, from: original))
            Terminal.say("\(letter.place) sent to \(place.topic)/\(place.partition)/\(place.offset)")
            return true
        } catch {
            Terminal.complain("gigaoffice: \(letter.place) could not be sent: \(error)")
            return false
        }
    }
}
