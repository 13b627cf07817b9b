import TestSupport
import Testing

/// Runs one service for all tests of a suite that do not change it for each other.
struct RunningService: SuiteTrait, TestScoping {
    let role: Role
    let settings: [String: String]

    @TaskLocal private static var running: Service?

    /// The service of the present suite.
    static var current: Service {
        get throws {
            guard let running else { throw Failure("the suite has no `.service` trait") }
            return running
        }
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await Site.with { site in
            let service = try await site.serve(role, settings)
            try await Self.$running.withValue(service) { try await function() }
        }
    }
}

extension SuiteTrait where Self == RunningService {
    /// One service for the whole suite.
    static func service(_ role: Role, _ settings: [String: String] = [:]) -> Self {
        RunningService(role: role, settings: settings)
    }
}
