import EventLoop

/// Asks once and then keeps its connection open without a word.
final class IdleClient: CrowdMember {
    private let client: PacedClient
    private let request: [UInt8]
    private let state: State

    private final class State {
        var isInPlace = false
        var losses = 0
    }

    init(to target: Target, number: Int, request: [UInt8], on loop: EventLoop) {
        let state = State()
        self.state = state
        self.request = request
        client = PacedClient(to: target, number: number, on: loop) { _, ending in
            if case .answered(200..<300) = ending { state.isInPlace = true } else { state.losses += 1 }
        }
    }

    var isInPlace: Bool { state.isInPlace && client.isConnected }
    var losses: Int { state.losses + client.silentLosses }

    func step() {
        if !isInPlace, client.intended == nil { client.send(request, intended: .now) }
    }

    func close() { client.close() }
}
