import Foundation
import TestSupport

/// The program behind `make chaos`: exit code 0 when every promise was kept, 1 when one was broken, 2 when the
/// campaign could not be run.
@main
enum Main {
    static func main() async {
        do {
            let settings = try CampaignSettings(ProcessInfo.processInfo.environment)
            print("chaos: \(settings.faults) faults, seed \(settings.seed); logs in \(settings.folder)")
            // Whoever watches a file sees the seed before the end.
            fflush(nil)
            let report = try await Campaign.run(settings)
            print(report.text)
            try report.text.write(toFile: settings.folder + "/report.txt", atomically: true, encoding: .utf8)
            exit(report.violations.isEmpty ? 0 : 1)
        } catch {
            print("chaos: the campaign could not be run: \(error)")
            exit(2)
        }
    }
}
