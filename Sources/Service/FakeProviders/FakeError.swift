public import Certificates
public import EventLoop
public import TLS

/// Why a fake provider could not do as it was told.
public enum FakeError: Error, CustomStringConvertible, Sendable {
    /// A port could not be listened on.
    case cannotListen(SystemError)
    /// A scenario step, or a setting, that makes no sense; says what is wrong with it.
    case invalidStep(String)
    /// The certificates could not be made.
    case certificates(IssueError)
    /// TLS could not be set up.
    case tls(TLSError)

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .cannotListen(let error): "cannot listen: \(error)"
        case .invalidStep(let reason): "invalid: \(reason)"
        case .certificates(let error): "\(error)"
        case .tls(let error): "\(error)"
        }
    }
}
