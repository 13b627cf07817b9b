import Domain
import Queue

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
        let fault: String
        switch await letters.redrive(letter) {
        case .sent(let place):
            Terminal.say("\(letter.place) sent to \(place.topic)/\(place.partition)/\(place.offset)")
            return true
        case .unknown: fault = "is not there"
        case .noLetter: fault = "is not a dead letter"
        case .otherTopic(let topic, let wanted):
            fault =
                "says that it came from the topic \(topic); messages are sent to \(wanted) only (KAFKA_TOPIC_REQUESTS)"
        case .noMessage: fault = "has no message in it"
        case .failed(let error): fault = "could not be sent: \(error)"
        }
        Terminal.complain("gigaoffice: \(letter.place) \(fault)")
        return false
    }
}
