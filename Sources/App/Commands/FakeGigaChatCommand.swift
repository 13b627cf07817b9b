import EventLoop
import FakeProviders

/// `gigaoffice fake-gigachat`.
struct FakeGigaChatCommand {
    private let options: FakeGigaChatOptions

    init(_ options: FakeGigaChatOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let settings: FakeSettings
        do throws(FakeError) {
            settings = try self.settings()
        } catch {
            Terminal.complain("gigaoffice: \(error)")
            return .unavailable
        }
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

    private func settings() throws(FakeError) -> FakeSettings {
        var settings = FakeSettings()
        settings.port = UInt16(options.port)
        settings.authPort = UInt16(options.authPort)
        settings.personality = options.personality
        settings.answerDelay = .milliseconds(options.delay)
        settings.concurrencyLimit = options.concurrency
        settings.answer = options.answersTable ? .table : nil
        if let folder = options.certificates {
            var tls = FakeTLS(try FakeCertificates(in: folder))
            tls.demandsClientCertificate = options.asksForCertificate
            settings.tls = tls
        }
        return settings
    }

    /// One line for programs, then lines for a .env file.
    private static func introduce(_ fake: FakeGigaChat) {
        let facts = FakeFacts(of: fake)
        Terminal.say(String(decoding: facts.json, as: UTF8.self))
        for line in facts.settings { Terminal.say(line) }
    }
}
