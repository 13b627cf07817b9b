import CLibrdkafka
import Glibc

extension ClientHandle {
    /// Destroys the client on a thread of its own that nobody waits for. A consumer whose coordinator is away can
    /// take as long as its session time-out, and that would hold up whatever else the blocking thread has to do.
    func destroyInBackground() {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        guard pthread_create(&thread, nil, destroyClient, argument.toOpaque()) == 0 else {
            // Without a thread to spare, blocking the loop is what is left.
            argument.release()
            return destroy()
        }
        pthread_detach(thread)
    }
}

private func destroyClient(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<ClientHandle>.fromOpaque(argument).takeRetainedValue().destroy()
    return nil
}
