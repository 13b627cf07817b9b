import EventLoop
import Glibc
import TestSupport
import Testing

@Suite("Event loop: descriptors", .timeLimit(.minutes(10)))
struct RegistrationTests {
    private final class Watch: ReadinessHandler {
        var events = 0
        var onEvent: (() -> Void)?

        func descriptorIsReady(_ readiness: Readiness) {
            events += 1
            onEvent?()
        }
    }

    @Test("a ready descriptor is reported until nobody watches it")
    func reports() async throws {
        try await onLoop { loop in
            let sockets = try SocketPair()
            defer { sockets.close() }
            let watch = Watch()
            let token = try loop.register(sockets.first, for: .readable, handler: watch)
            try await loop.sleep(for: .milliseconds(5))
            #expect(watch.events == 0)
            _ = write(sockets.second, "x", 1)
            #expect(try await eventually(on: loop) { watch.events > 0 })
            loop.deregister(token)
            let seen = watch.events
            try await loop.sleep(for: .milliseconds(5))
            #expect(watch.events == seen)
        }
    }

    @Test("what is watched can be changed")
    func modify() async throws {
        try await onLoop { loop in
            let sockets = try SocketPair()
            defer { sockets.close() }
            let watch = Watch()
            let token = try loop.register(sockets.first, for: .readable, handler: watch)
            try loop.modify(token, to: [.writable, .edgeTriggered])
            #expect(try await eventually(on: loop) { watch.events > 0 })
            loop.deregister(token)
        }
    }

    @Test("an event that was on its way for a closed descriptor does not reach the next one of that number")
    func staleEvent() async throws {
        try await onLoop { loop in
            let (one, two, quiet) = (try SocketPair(), try SocketPair(), try SocketPair())
            defer { [one, two, quiet].forEach { $0.close() } }
            let (first, second, replacement) = (Watch(), Watch(), Watch())
            let tokens = [
                try loop.register(one.first, for: .readable, handler: first),
                try loop.register(two.first, for: .readable, handler: second),
            ]
            // Whichever comes first puts a silent socket in the other's place while its event waits in the batch.
            func replace(_ index: Int, _ victim: Int32) {
                tokens.forEach(loop.deregister)
                #expect(dup2(quiet.first, victim) == victim)
                do {
                    _ = try loop.register(victim, for: .readable, handler: replacement)
                } catch {
                    Issue.record("\(error)")
                }
            }
            first.onEvent = { replace(1, two.first) }
            second.onEvent = { replace(0, one.first) }
            _ = write(one.second, "x", 1)
            _ = write(two.second, "x", 1)
            #expect(try await eventually(on: loop) { first.events + second.events > 0 })
            try await loop.sleep(for: .milliseconds(5))
            #expect(first.events + second.events == 1)
            #expect(replacement.events == 0)
            _ = write(quiet.second, "x", 1)
            #expect(try await eventually(on: loop) { replacement.events > 0 })
        }
    }

    @Test("a stale token neither deregisters nor disturbs its successor")
    func staleToken() async throws {
        try await onLoop { loop in
            let sockets = try SocketPair()
            defer { sockets.close() }
            let (former, present) = (Watch(), Watch())
            let old = try loop.register(sockets.first, for: .readable, handler: former)
            loop.deregister(old)
            let token = try loop.register(sockets.first, for: .readable, handler: present)
            loop.deregister(old)
            _ = write(sockets.second, "x", 1)
            #expect(try await eventually(on: loop) { present.events > 0 })
            #expect(former.events == 0)
            loop.deregister(token)
        }
    }

    @Test(
        "a descriptor that a library has closed is let go of, whatever has its number now",
        arguments: [nil, "/dev/null", "/proc/self/exe", "/proc/self/mounts"])
    func closedElsewhere(successor: String?) async throws {
        try await onLoop { loop in
            let sockets = try SocketPair()
            defer { close(sockets.second) }
            let token = try loop.register(sockets.first, for: .readable, handler: Watch())
            if let successor {
                let opened = open(successor, O_RDONLY | O_CLOEXEC)
                try #require(opened >= 0)
                #expect(dup2(opened, sockets.first) == sockets.first)
                close(opened)
                loop.deregister(token)
                close(sockets.first)
            } else {
                close(sockets.first)
                loop.deregister(token)
            }
            // The loop still works.
            let (others, watch) = (try SocketPair(), Watch())
            defer { others.close() }
            let next = try loop.register(others.first, for: .readable, handler: watch)
            _ = write(others.second, "x", 1)
            #expect(try await eventually(on: loop) { watch.events > 0 })
            loop.deregister(next)
        }
    }

    @Test("a descriptor that cannot be watched is refused")
    func refused() async throws {
        try await onLoop { loop in
            let error = #expect(throws: SystemError.self) {
                try loop.register(-1, for: .readable, handler: Watch())
            }
            #expect(error?.code == EBADF)
        }
    }
}
