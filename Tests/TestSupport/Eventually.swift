public import EventLoop

/// Looks again and again, for up to `limit`, until `condition` holds; says whether it ever did. For what happens
/// soon and announces itself in no other way.
public func eventually(
    on loop: EventLoop, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
) async throws -> Bool {
    let deadline = MonotonicTime.now + limit
    while true {
        if try await condition() { return true }
        if MonotonicTime.now > deadline { return false }
        try await loop.sleep(for: .milliseconds(2))
    }
}

/// Asks `probe` until it has an answer. Throws when it has none after `limit`.
///
/// Not inlined, since the compiler of Swift 6.3.1 then crashes in release builds ("while splitting coroutine").
@inline(never)
public func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(60), _ probe: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await probe() { return value }
        guard ContinuousClock.now < deadline else { throw Failure("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
