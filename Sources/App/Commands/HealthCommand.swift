import EventLoop
import HTTPClient

/// `gigaoffice health`: whether the service on this machine would take a request.
struct HealthCommand {
    private let options: HealthOptions

    init(_ options: HealthOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(
            .read(options: options.settings, environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        guard let port = UInt16(exactly: configuration.server.port),
            let address = SocketAddress(host: configuration.server.probeHost, port: port)
        else { return .configuration }
        return LoopProgram(loopCount: 1).run { context in
            await ask(address, on: context.mainLoop)
        }
    }

    private func ask(_ address: SocketAddress, on loop: EventLoop) async -> ExitCode {
        do throws(HTTPClientError) {
            let client = try HTTPClient(
                on: loop, configuration: HTTPClientConfiguration(userAgent: "gigaoffice/\(ProgramVersion.current)"))
            defer { client.close() }
            let request = ClientRequest("GET", "http://\(address)/readyz", timeout: .seconds(2))
            let response = try await client.send(request)
            return Terminal.say(response.text, and: response.status == 200 ? .success : .negative)
        } catch {
            Terminal.complain("gigaoffice: \(error)")
            return .negative
        }
    }
}

extension Configuration.Server {
    /// Where this machine reaches a server that listens on every address.
    fileprivate var probeHost: String {
        switch host {
        case "0.0.0.0", "localhost": "127.0.0.1"
        case "::": "::1"
        default: host
        }
    }
}
