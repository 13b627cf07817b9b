import JSON

/// `gigaoffice version`.
struct VersionCommand {
    let asJSON: Bool

    func run() -> ExitCode {
        guard asJSON else { return Terminal.say("gigaoffice \(ProgramVersion.current)", and: .success) }
        let line = JSONWriter.object { object in
            object.field("name", "gigaoffice")
            object.field("version", ProgramVersion.current)
        }
        return Terminal.say(String(decoding: line, as: UTF8.self), and: .success)
    }
}
