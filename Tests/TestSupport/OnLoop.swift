public import EventLoop

/// Runs `body` on a fresh loop and takes the loop down afterwards.
public func onLoop<Success: Sendable>(
    _ body: @escaping @Sendable (EventLoop) async throws -> Success
) async throws -> Success {
    let group = try EventLoopGroup(count: 1, namePrefix: "test")
    defer { group.shutdown() }
    let loop = group.loops[0]
    return try await loop.spawn { try await body(loop) }.value
}

/// Runs `body` on loop 0 of a group of `count` loops and takes them down afterwards.
public func onLoops<Success: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (EventLoopGroup) async throws -> Success
) async throws -> Success {
    let group = try EventLoopGroup(count: count, namePrefix: "test")
    defer { group.shutdown() }
    return try await group.loops[0].spawn { try await body(group) }.value
}
