import EventLoop

/// The long-running tasks of the program, by name. Lives on the first loop.
struct TaskBag {
    private var tasks: [(name: String, task: Task<Void, any Error>)] = []

    /// Starts a task that runs until it is cancelled or done.
    mutating func add(_ name: String, on loop: EventLoop, _ body: sending @escaping () async -> Void) {
        tasks.append((name, loop.spawn(body)))
    }

    /// Waits for the tasks of this name to end by themselves; at the deadline they are cancelled.
    func finish(_ name: String, by deadline: MonotonicTime, on loop: EventLoop) async {
        let chosen = tasks.filter { $0.name == name }.map(\.task)
        let timer = loop.schedule(at: deadline) { chosen.forEach { $0.cancel() } }
        for task in chosen { _ = await task.result }
        loop.cancel(timer)
    }

    /// Waits for the tasks of this name to end by themselves.
    func finish(_ name: String) async {
        for (_, task) in tasks.filter({ $0.name == name }) { _ = await task.result }
    }

    /// Cancels the tasks of this name and waits for them.
    func cancel(_ name: String) async {
        let chosen = tasks.filter { $0.name == name }.map(\.task)
        for task in chosen { task.cancel() }
        for task in chosen { _ = await task.result }
    }

    /// Cancels all tasks and waits for them.
    func cancelAll() async {
        for (_, task) in tasks { task.cancel() }
        for (_, task) in tasks { _ = await task.result }
    }
}
