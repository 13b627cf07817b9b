import Storage
import Testing

@Suite("Migration plan")
struct MigrationPlanTests {
    /// Files and rows as `1a 2b`: version, and a letter for the content. The outcome is the versions to apply, or
    /// the error's first words.
    struct Row: CustomTestStringConvertible {
        let files: String
        let applied: String
        let outcome: String

        var testDescription: String { "files [\(files)], applied [\(applied)]: \(outcome)" }
    }

    static let rows = [
        Row(files: "1a 2b 3c", applied: "", outcome: "1 2 3"),
        Row(files: "3c 1a 2b", applied: "", outcome: "1 2 3"),
        Row(files: "1a 2b 3c", applied: "1a", outcome: "2 3"),
        Row(files: "1a 2b 3c", applied: "2b 1a", outcome: "3"),
        Row(files: "1a 2b 10c", applied: "10c 2b 1a", outcome: ""),
        Row(files: "", applied: "", outcome: ""),
        Row(files: "1a 5e 9i", applied: "1a", outcome: "5 9"),
        Row(files: "1x 2b", applied: "1a", outcome: "changed 1"),
        Row(files: "1x 2y", applied: "1a 2b", outcome: "changed 1"),
        Row(files: "1a 2x 3c", applied: "1a 2b", outcome: "changed 2"),
        Row(files: "1a", applied: "1a 2b", outcome: "missing 2"),
        Row(files: "2b", applied: "1a 2b", outcome: "missing 1"),
        Row(files: "", applied: "1a", outcome: "missing 1"),
        Row(files: "1a 2b 3c", applied: "1a 3c", outcome: "2 before 3"),
        Row(files: "1a 2b 3c 4d", applied: "3c", outcome: "1 before 3"),
        Row(files: "1x 2b 3c", applied: "1a 3c", outcome: "changed 1"),
    ]

    @Test("files and what was applied decide what to do", arguments: rows)
    func decisions(row: Row) throws {
        let files = try Self.entries(row.files).map { try migration(Self.name($0.version), $0.text) }
        let applied = try Self.entries(row.applied).map { entry in
            let file = try migration(Self.name(entry.version), entry.text)
            return MigrationPlan.Applied(version: entry.version, name: file.name, checksum: file.checksum)
        }
        #expect(Self.outcome(files, applied) == row.outcome)
    }

    @Test("a file may be renamed as long as number and content stay")
    func renamed() throws {
        let file = try migration("0001_new_name.sql", "a")
        let applied = MigrationPlan.Applied(version: 1, name: "0001_old.sql", checksum: file.checksum)
        #expect(try MigrationPlan(files: [file], applied: [applied]).pending.isEmpty)
    }

    @Test("every error says what is wrong and what to do about it")
    func descriptions() {
        let errors: [(MigrationError, String)] = [
            (.changed("0001_a.sql"), "restore it"), (.missing("0002_b.sql"), "older than the database"),
            (.outOfOrder("0002_b.sql", after: "0003_c.sql"), "the next number"),
            (.outOfOrder("0002_b.sql", after: "0003_c.sql"), "restore a backup"),
            (.duplicate("0001_a.sql", "1_b.sql"), "same number"), (.badName("x.sql"), "0001_what_it_does.sql"),
            (.failed("0001_a.sql", reason: "syntax error"), "rolled back: syntax error"),
        ]
        for (error, words) in errors { #expect(error.description.contains(words)) }
    }

    private static func entries(_ text: String) -> [(version: Int, text: String)] {
        text.split(separator: " ").map { (Int($0.dropLast()) ?? 0, String($0.suffix(1))) }
    }

    private static func name(_ version: Int) -> String { "\(version)_x.sql" }

    private static func outcome(_ files: [Migration], _ applied: [MigrationPlan.Applied]) -> String {
        do throws(MigrationError) {
            return try MigrationPlan(files: files, applied: applied).pending.map { "\($0.version)" }
                .joined(separator: " ")
        } catch .changed(let name) {
            return "changed \(name.prefix(1))"
        } catch .missing(let name) {
            return "missing \(name.prefix(1))"
        } catch .outOfOrder(let name, let newest) {
            return "\(name.prefix(1)) before \(newest.prefix(1))"
        } catch {
            return "\(error)"
        }
    }
}
