import CLinux
import Glibc

/// The kernel's readiness queue (epoll(7)) and the eventfd that wakes its waiter from other threads.
struct Epoll: ~Copyable {
    private let descriptor: Int32
    private let wakeDescriptor: Int32
    private let events: UnsafeMutablePointer<epoll_event>
    private static let batchSize: Int32 = 256
    /// The event data of the wake-up descriptor; no registration has generation zero.
    private static let wakeData: UInt64 = 0

    init() throws(SystemError) {
        let queue = try Self.checked("epoll_create1", epoll_create1(CLINUX_EPOLL_CLOEXEC))
        do throws(SystemError) {
            let bell = try Self.checked("eventfd", eventfd(0, CLINUX_EFD_FLAGS))
            do throws(SystemError) {
                var event = clinux_epoll_event(CLINUX_EPOLLIN | CLINUX_EPOLLET, Self.wakeData)
                _ = try Self.checked("epoll_ctl", epoll_ctl(queue, EPOLL_CTL_ADD, bell, &event))
            } catch {
                close(bell)
                throw error
            }
            wakeDescriptor = bell
        } catch {
            close(queue)
            throw error
        }
        descriptor = queue
        events = .allocate(capacity: Int(Self.batchSize))
    }

    private static func checked(_ call: String, _ result: Int32) throws(SystemError) -> Int32 {
        guard result >= 0 else { throw SystemError(call: call) }
        return result
    }

    deinit {
        close(wakeDescriptor)
        close(descriptor)
        events.deallocate()
    }

    func control(_ operation: Int32, _ fd: Int32, _ mask: UInt32, _ data: UInt64) throws(SystemError) {
        var event = clinux_epoll_event(mask, data)
        guard epoll_ctl(descriptor, operation, fd, &event) == 0 else { throw SystemError(call: "epoll_ctl") }
    }

    /// Makes the current or next `wait` return; callable from any thread.
    func wake() {
        var one: UInt64 = 1
        // A full counter (EAGAIN) means a wake-up is already pending; nothing else can fail here.
        _ = write(wakeDescriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Waits up to `nanoseconds` (below 0: for ever) and hands each ready descriptor's mask and data to `body`. A
    /// kernel without epoll_pwait2(2), older than 5.11, counts whole milliseconds.
    func wait(nanoseconds: Int64, _ body: (_ mask: UInt32, _ data: UInt64) -> Void) {
        let count = clinux_epoll_wait(descriptor, events, Self.batchSize, nanoseconds)
        guard count > 0 else {
            // EINTR is an early return; anything else is a bug in this type.
            precondition(count == 0 || errno == EINTR, "epoll_wait failed: \(errno)")
            return
        }
        for index in 0..<Int(count) {
            let data = clinux_epoll_data(events + index)
            if data == Self.wakeData {
                drainWake()
            } else {
                body(events[index].events, data)
            }
        }
    }

    private func drainWake() {
        var count: UInt64 = 0
        _ = read(wakeDescriptor, &count, MemoryLayout<UInt64>.size)
    }
}
