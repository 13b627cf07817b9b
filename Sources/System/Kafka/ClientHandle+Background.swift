import CLibrdkafka
import Glibc

extension ClientHandle {
    /// Destroys the client on a thread of its own, which then calls `completion`. A consumer whose coordinator is away
    /// can take as long as its session time-out, and one can wait for ever; that must not hold up whatever else the
    /// blocking thread has to do.
    func destroyInBackground(_ completion: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Destruction(self, completion))
        guard pthread_create(&thread, nil, destroyClient, work.toOpaque()) == 0 else {
            // Without a thread to spare, blocking the caller is what is left.
            work.takeRetainedValue().run()
            return
        }
        pthread_detach(thread)
    }
}

private final class Destruction: Sendable {
    private let client: ClientHandle
    private let completion: @Sendable () -> Void

    init(_ client: ClientHandle, _ completion: @escaping @Sendable () -> Void) {
        self.client = client
        self.completion = completion
    }

    func run() {
        client.destroy()
        completion()
    }
}

private func destroyClient(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<Destruction>.fromOpaque(argument).takeRetainedValue().run()
    return nil
}
