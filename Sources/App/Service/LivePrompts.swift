import Domain
import EventLoop
import Prompts

/// The prompts of the files with the categories and presets of the catalogue, learnt anew when the catalogue has
/// changed. Any thread.
final class LivePrompts: PromptSource {
    private struct State: Sendable {
        var revision: Int64
        var learnt: LearntLibrary
    }

    private let files: PromptLibrary
    private let blocking: BlockingThread
    private let state: Lock<State>

    /// Learns from `files` as far as `contents` leaves them in place.
    init(_ files: PromptLibrary, _ contents: CatalogueContents, blocking: BlockingThread) async {
        self.files = files
        self.blocking = blocking
        let learnt = await Self.learn(files.following(contents), on: blocking)
        state = Lock(State(revision: contents.revision, learnt: learnt))
    }

    /// See `PromptSource`.
    var current: LearntLibrary { state.withLock { $0.learnt } }

    /// Takes the catalogue over, unless a younger one is known. Returns when the next task goes by it.
    func follow(_ contents: CatalogueContents) async {
        guard state.withLock({ $0.revision < contents.revision }) else { return }
        let library = files.following(contents)
        let known = current
        // There are changes that tasks do not go by, such as that of a hidden preset.
        let learnt = library == known.library ? known : await Self.learn(library, on: blocking)
        state.withLock { state in
            if state.revision < contents.revision { state = State(revision: contents.revision, learnt: learnt) }
        }
    }

    /// Learning would hold a loop up for some 30 ms.
    private static func learn(_ library: PromptLibrary, on blocking: BlockingThread) async -> LearntLibrary {
        do {
            return try await blocking.run { LearntLibrary(library) }
        } catch {
            // The thread is full or about to end: a short pause here is better than tasks that go by old categories.
            return LearntLibrary(library)
        }
    }
}
