import CLinux
import Glibc

/// A failed system call: what was tried and the error number it left.
public struct SystemError: Error, CustomStringConvertible, Sendable {
    /// The call, as in its manual page: `bind`, `epoll_ctl`.
    public let call: String
    /// `errno` read right after the call.
    public let code: Int32

    /// Takes `errno` as it stands; use it before any other call can change it.
    public init(call: String) {
        self.init(call: call, code: errno)
    }

    /// Names a failure whose code is already known.
    public init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    /// The call and the system's own words for the code.
    public var description: String {
        "\(call): \(String(cString: strerror(code)))"
    }
}
