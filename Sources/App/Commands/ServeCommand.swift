import EventLoop
import Glibc
import Telemetry

/// `gigaoffice serve`.
struct ServeCommand {
    private let options: ServeOptions

    init(_ options: ServeOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(
            .read(options: options.settings, environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        do throws(LogSinkError) {
            let sink = try LogSink(configuration.logging, isInteractive: Terminal.isInteractive)
            defer { sink.close() }
            let logger = Logger(sink)
            for warning in loaded.warnings { logger.warning("\(warning)") }
            let control = LogControl(sink, process: WorkerSide.ownerName, logger: logger)
            return serve(configuration, logger, control) { renew(sink, control, logger) }
        } catch {
            Terminal.complain("gigaoffice: LOG_FILE: \(error.file): \(error.reason)")
            return .configuration
        }
    }

    /// Reads the settings again for the log's level alone, and opens the log's file anew.
    private func renew(_ sink: LogSink, _ control: LogControl, _ logger: Logger) {
        sink.reopen()
        let loaded = ConfigurationLoader.load(
            .read(options: options.settings, environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome,
            let level = LogLevel(name: configuration.logging.level.rawValue)
        else { return logger.warning("the settings have faults now, so the log's level stays") }
        control.configure(level)
        logger.notice("the log was opened anew", ["level": .text(level.name)])
    }

    private func serve(
        _ configuration: Configuration, _ logger: Logger, _ logLevel: LogControl, onHangUp: () -> Void
    ) -> ExitCode {
        let role = options.role
        let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let loops = configuration.server.loopCount(cores: cores)
        return LoopProgram(loopCount: loops).run(onHangUp: onHangUp) { context in
            let service = Service(configuration, role: role, context: context, logger: logger, logLevel: logLevel)
            do {
                try await service.start()
            } catch {
                let wasAsked = context.stop.isRequested
                if !wasAsked { logger.error("the service cannot start", ["reason": "\(error)"]) }
                await service.stop()
                return wasAsked ? .success : (error as? StartError)?.exitCode ?? .software
            }
            await context.stop.wait()
            await service.stop()
            return .success
        }
    }
}

extension LogSink {
    /// As configured; `auto` means text for a person and JSON for a collector.
    convenience init(_ logging: Configuration.Logging, isInteractive: Bool) throws(LogSinkError) {
        let format: LogFormat =
            switch logging.format {
            case .auto: isInteractive ? .text : .json
            case .json: .json
            case .text: .text
            }
        try self.init(
            minimumLevel: LogLevel(name: logging.level.rawValue) ?? .info, format: format, file: logging.file,
            days: logging.days)
    }
}
