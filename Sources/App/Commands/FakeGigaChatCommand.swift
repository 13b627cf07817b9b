import EventLoop
import FakeProviders
import JSON

/// `gigaoffice fake-gigachat`.
struct FakeGigaChatCommand {
    private let options: FakeGigaChatOptions

    init(_ options: FakeGigaChatOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let settings = settings()
        return LoopProgram(loopCount: 1).run { context in
            do throws(FakeError) {
                let fake = try await FakeGigaChat.start(on: context.mainLoop, settings: settings)
                Self.introduce(fake)
                await context.stop.wait()
                await fake.close()
                return .success
            } catch {
                Terminal.complain("gigaoffice: \(error)")
                return .software
            }
        }
    }

    private func settings() -> FakeSettings {
        var settings = FakeSettings()
        settings.port = UInt16(options.port)
        settings.authPort = UInt16(options.authPort)
        settings.answerDelay = .milliseconds(options.delay)
        settings.concurrencyLimit = options.concurrency
        settings.answer = options.answersTable ? .table : nil
        return settings
    }

    /// One line for programs, then lines for a .env file.
    private static func introduce(_ fake: FakeGigaChat) {
        let line = JSONWriter.object {
            $0.field("base_url", fake.baseURL)
            $0.field("auth_url", fake.authURL)
            $0.field("credentials", fake.settings.credentials)
            $0.field("scope", fake.settings.scope)
        }
        Terminal.say(String(decoding: line, as: UTF8.self))
        Terminal.say("GIGACHAT_BASE_URL=\(fake.baseURL)")
        Terminal.say("GIGACHAT_AUTH_URL=\(fake.authURL)")
        Terminal.say("GIGACHAT_CREDENTIALS=\(fake.settings.credentials)")
        Terminal.say("GIGACHAT_SCOPE=\(fake.settings.scope)")
    }
}
