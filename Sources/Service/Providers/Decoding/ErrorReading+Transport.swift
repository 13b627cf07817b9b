import Domain
import HTTPClient

extension ErrorReading {
    /// The failure of a call that brought no whole response.
    func failure(_ error: HTTPClientError) -> ModelFailure {
        let (kind, words) = reading(error)
        return ModelFailure(kind, redacted(words), provider: provider, status: status(error))
    }

    private func status(_ error: HTTPClientError) -> Int? {
        switch error {
        case .timeout(_, let status), .interrupted(let status, _, _): status
        default: nil
        }
    }

    private func reading(_ error: HTTPClientError) -> (FailureClass, String) {
        switch error {
        case .invalidConfiguration, .invalidRequest: (.internal, error.description)
        case .overloaded, .connect, .closed: (.transport, error.description)
        case .tls(let failure, _): (kind(failure), "\(error): \(hint(failure))")
        case .timeout: (.timeout, error.description)
        case .interrupted(let status?, _, _) where (200..<300).contains(status): (.malformed, error.description)
        case .interrupted(let status?, _, _):
            (Self.failureClass(status: status, ErrorBody([])), error.description)
        case .interrupted(nil, _, _): (.transport, error.description)
        case .tooLarge: (.malformed, error.description)
        case .cancelled: (.cancelled, error.description)
        }
    }

    private func kind(_ failure: HTTPClientError.TLSFailure) -> FailureClass {
        switch failure {
        case .clientCertificateFile, .clientCertificateRefused: .auth
        case .authorityFile, .verification, .clientCertificateProbablyRefused, .handshake: .transport
        }
    }

    private func hint(_ failure: HTTPClientError.TLSFailure) -> String {
        switch failure {
        case .clientCertificateFile: "check the client certificate's file, its key and the passphrase"
        case .authorityFile: "the CA file \(caFile ?? "of the system") is missing or no PEM"
        case .verification where caFile == nil:
            "no CA file is set for this provider; GigaChat's servers need the Russian Trusted Root CA"
        case .verification:
            "the CA file \(caFile ?? "") does not hold the authority of this server, or its name differs"
        case .clientCertificateRefused: "the server does not take this client certificate, or wants one"
        case .clientCertificateProbablyRefused:
            "probably the client certificate was refused, or the connection broke"
        case .handshake: "the handshake failed; a server that wants a client certificate may answer like this"
        }
    }
}
