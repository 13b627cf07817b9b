extension ByteStream {
    private enum Ending<Value: Sendable>: Sendable {
        case finished(Value)
        case hungUp
    }

    /// Runs `operation` on the stream's loop and returns its value. Its task is cancelled when the peer hangs up,
    /// ``hasHungUp``; the value is waited for all the same.
    public func whilePeerIsThere<Value: Sendable>(
        _ operation: @escaping @Sendable () async -> Value
    ) async -> Value {
        let bound = LoopBound(self, to: loop)
        return await withTaskGroup(of: Ending<Value>.self) { group in
            group.addTask(executorPreference: bound.loop) { .finished(await operation()) }
            group.addTask(executorPreference: bound.loop) {
                await bound.value.waitUntilHungUp()
                return .hungUp
            }
            var value: Value?
            while let ending = await group.next() {
                group.cancelAll()
                if case .finished(let result) = ending { value = result }
            }
            guard let value else { preconditionFailure("the operation has a value in the end") }
            return value
        }
    }
}
