import API
import Domain
import EventLoop

/// Knows the models that the test says, and tells the report that the test has written.
final class ScriptedNames: ModelNames, ModelReportSource {
    let answer = Lock(ModelNaming.known)
    /// The names that were asked for.
    let asked = Lock<[String]>([])
    let report = Lock(ModelReport(providers: [], routes: [:], listing: ModelListing()))

    func naming(of name: String, for stage: ModelTarget.Stage) async -> ModelNaming {
        asked.withLock { $0.append("\(name) for \(stage.rawValue)") }
        return answer.withLock { $0 }
    }

    func modelReport() async -> ModelReport { report.withLock { $0 } }
}
