import Domain
import Testing

@Suite("Job state")
struct JobStateTests {
    @Test(
        "names on the wire, progress and finality are what clients know",
        arguments: [
            (JobState.pending, "pending", 0, false), (.queued, "queued", 0, false),
            (.processing, "processing", 50, false), (.completed, "completed", 100, true),
            (.failed, "failed", 100, true), (.cancelled, "cancelled", 100, true),
        ])
    func states(state: JobState, name: String, progress: Int, isFinal: Bool) {
        #expect(state.rawValue == name)
        #expect(state.progress == progress)
        #expect(state.isFinal == isFinal)
    }

    @Test("priorities go from 0 to 10")
    func priorities() {
        #expect((-1...11).map { JobPriority($0)?.value } == [nil] + (0...10).map(Int?.some) + [nil])
    }

    @Test("token usage adds up")
    func usage() {
        let sum =
            TokenUsage(prompt: 1, completion: 2, precached: 3) + TokenUsage(prompt: 10, completion: 20, precached: 30)
        #expect(sum == TokenUsage(prompt: 11, completion: 22, precached: 33))
        #expect(sum.total == 33)
    }
}
