import Foundation
import TestSupport

/// What a campaign is told by its surroundings; `scripts/chaos` sets all of it.
struct CampaignSettings: Sendable {
    /// Faults to inflict.
    let faults: Int
    /// Decides which faults come when, and what the jobs are.
    let seed: UInt64
    /// Submissions a second.
    let rate: Double
    /// The kinds of faults to choose from.
    let kinds: [Fault]
    /// What the services write to their logs.
    let logLevel: String
    /// Where logs and journal go.
    let folder: String
    /// How services reach PostgreSQL.
    let database: [String: String]
    /// Starts and stops PostgreSQL, and its cluster's name.
    let postgresScript: String
    let postgresCluster: String

    init(_ environment: [String: String]) throws {
        func required(_ name: String) throws -> String {
            guard let value = environment[name] else { throw Failure("\(name) is not set; use `make chaos`") }
            return value
        }
        func number<Number: LosslessStringConvertible & Comparable>(
            _ name: String, _ range: ClosedRange<Number>, _ standard: Number
        ) throws -> Number {
            guard let text = environment[name], !text.isEmpty else { return standard }
            guard let value = Number(text), range.contains(value) else {
                throw Failure("\(name)=\(text) is not a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        faults = try number("FAULTS", 1...100_000, 200)
        seed = try number("SEED", 0 ... .max, UInt64.random(in: 1...999_999))
        rate = try number("RATE", 0.1...200, 8)
        let names = (environment["KINDS"] ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        kinds = try names.map { name in
            guard let kind = Fault(rawValue: name) else {
                throw Failure("KINDS: \(name) is none of \(Fault.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            return kind
        }
        logLevel = environment["LOG_LEVEL"] ?? "info"
        folder = try required("CHAOS_FOLDER")
        postgresScript = try required("CHAOS_POSTGRES_SCRIPT")
        postgresCluster = try required("CHAOS_POSTGRES_CLUSTER")
        database = try Dictionary(
            uniqueKeysWithValues: ["DB_HOST", "DB_PORT", "DB_USER", "DB_NAME"].map { ($0, try required($0)) })
    }
}
