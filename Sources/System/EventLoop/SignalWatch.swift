import CLinux
import Glibc

/// Turns SIGINT, SIGTERM and SIGHUP into values that the main thread waits for, instead of handlers that may
/// interrupt any code.
public struct SignalWatch: ~Copyable {
    private let signals: Int32
    private let finished: Int32

    /// Keeps the signals from ending the process. Call it first thing in `main`: threads that exist already would
    /// still die of them, later ones inherit the mask.
    public static func blockSignals() throws(SystemError) {
        var mask = watchedSignals()
        let status = pthread_sigmask(SIG_BLOCK, &mask, nil)
        guard status == 0 else { throw SystemError(call: "pthread_sigmask", code: status) }
        Glibc.signal(SIGPIPE, SIG_IGN)
    }

    private static func watchedSignals() -> sigset_t {
        var mask = sigset_t()
        sigemptyset(&mask)
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&mask, signal) }
        return mask
    }

    /// Opens the descriptors; `blockSignals` must have been called.
    public init() throws(SystemError) {
        var mask = Self.watchedSignals()
        let opened = signalfd(-1, &mask, CLINUX_SFD_FLAGS)
        guard opened >= 0 else { throw SystemError(call: "signalfd") }
        let bell = eventfd(0, CLINUX_EFD_FLAGS)
        guard bell >= 0 else {
            let error = SystemError(call: "eventfd")
            close(opened)
            throw error
        }
        signals = opened
        finished = bell
    }

    deinit {
        close(signals)
        close(finished)
    }

    /// What ended a wait.
    public enum Event: Equatable, Sendable {
        /// A signal arrived: SIGINT, SIGTERM or SIGHUP.
        case signal(Int32)
        /// `Finisher.finish` was called.
        case finished
    }

    /// Ends the wait from another thread.
    public struct Finisher: Sendable {
        let descriptor: Int32

        /// Makes `wait` return `.finished`; the watch must still exist.
        public func finish() {
            var one: UInt64 = 1
            _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
        }
    }

    /// The handle that tells this watch that the program's work is over.
    public var finisher: Finisher { Finisher(descriptor: finished) }

    /// Blocks the calling thread until a signal arrives or the work is over.
    public func wait() -> Event {
        var descriptors = [
            pollfd(fd: finished, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            guard poll(&descriptors, nfds_t(descriptors.count), -1) > 0 else { continue }
            if descriptors[0].revents != 0 { return .finished }
            var info = signalfd_siginfo()
            let size = MemoryLayout<signalfd_siginfo>.size
            if read(signals, &info, size) == size { return .signal(Int32(info.ssi_signo)) }
        }
    }
}
