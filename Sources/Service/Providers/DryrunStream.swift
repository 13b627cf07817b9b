import Domain

/// The dry run's answer in pieces of a few characters each.
final class DryrunStream: ChatStream {
    private var rest: Substring
    private let promised: ChatEnd
    private(set) var end: ChatEnd?
    private static let pieceLength = 8

    init(_ result: ChatResult) {
        rest = result.text[...]
        promised = result.end
    }

    var source: ChatSource? { ChatSource(model: promised.model, provider: promised.provider) }

    func next() async throws(ModelFailure) -> ChatEvent? {
        if Task.isCancelled { throw DryrunProvider.cancelled }
        guard !rest.isEmpty else {
            end = promised
            return nil
        }
        let piece = rest.prefix(Self.pieceLength)
        rest = rest.dropFirst(Self.pieceLength)
        return .text(String(piece))
    }

    func close() {
        rest = ""
    }
}
