/// Says how much work may be under way, so that nothing is begun that could only wait for long.
public protocol WorkCapacity: Sendable {
    /// How much may be under way at present. `wanted` is how much there would be if there were room, with what is
    /// under way; it counts until the next call. Never waits; any thread.
    func room(wanting wanted: Int) -> Int

    /// Calls `body` each time that there may be more room than before, on any thread. One listener.
    func onGrowth(_ body: @escaping @Sendable () -> Void)
}
