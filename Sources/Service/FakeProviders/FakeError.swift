public import EventLoop

/// Why a fake provider could not do as it was told.
public enum FakeError: Error, CustomStringConvertible, Sendable {
    /// A port could not be listened on.
    case cannotListen(SystemError)
    /// A scenario step, or a setting, that makes no sense; says what is wrong with it.
    case invalidStep(String)

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .cannotListen(let error): "cannot listen: \(error)"
        case .invalidStep(let reason): "invalid scenario step: \(reason)"
        }
    }
}
