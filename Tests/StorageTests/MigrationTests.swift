import Storage
import Testing

@Suite("Migration files")
struct MigrationTests {
    @Test(
        "the number before the underscore is the version",
        arguments: [
            ("0001_jobs.sql", 1), ("1_x.sql", 1), ("0042_add_index_2.sql", 42), ("2147483647_last.sql", 2_147_483_647),
        ])
    func names(name: String, version: Int) {
        let migration = Migration(name: name, sql: "SELECT 1")
        #expect(migration?.version == version)
        #expect(migration?.name == name)
    }

    @Test(
        "another name is not a migration's",
        arguments: [
            "jobs.sql", "0001.sql", "0001_.sql", "_jobs.sql", "0000_jobs.sql", "-1_jobs.sql", "+1_jobs.sql",
            "0001-jobs.sql", "0001_Jobs.sql", "0001_jobs.SQL", "0001_jobs.sql.bak", "0001_jo'bs.sql", "0001_jo bs.sql",
            "0001_ёж.sql", "x0001_jobs.sql", "١_jobs.sql", "2147483648_too_great.sql",
            "99999999999999999999_too_great.sql", "",
        ])
    func badNames(name: String) {
        #expect(Migration(name: name, sql: "SELECT 1") == nil)
    }

    @Test("the checksum is the SHA-256 of the text")
    func checksum() throws {
        let checksum = try migration("0001_a.sql", "abc").checksum
        #expect(checksum == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(try migration("0001_a.sql", "abc ").checksum != checksum)
    }

    @Test("a folder's files come by version, and other files are left alone")
    func load() throws {
        let folder = try MigrationFolder([
            "10_c.sql": "C", "9_b.sql": "B", "0001_a.sql": "A", "README.md": "x", "0002_x.sql.orig": "x",
        ])
        let files = try Migration.load(from: folder.path)
        #expect(files.map(\.name) == ["0001_a.sql", "9_b.sql", "10_c.sql"])
        #expect(files.map(\.sql) == ["A", "B", "C"])
    }

    @Test("a folder that cannot be used is refused with the reason")
    func unusableFolders() throws {
        let badName = try MigrationFolder(["0001_a.sql": "", "oops.sql": ""])
        #expect(throws: MigrationError.badName("oops.sql")) { try Migration.load(from: badName.path) }
        let twins = try MigrationFolder(["0001_a.sql": "", "1_b.sql": ""])
        #expect(throws: MigrationError.duplicate("0001_a.sql", "1_b.sql")) { try Migration.load(from: twins.path) }
        let empty = try MigrationFolder(["README.md": ""])
        #expect(throws: MigrationError.empty(empty.path)) { try Migration.load(from: empty.path) }
        let nowhere = empty.path + "/nowhere"
        #expect(throws: MigrationError.unreadable(nowhere)) { try Migration.load(from: nowhere) }
        let broken = try MigrationFolder([:])
        try broken.write([0x53, 0xFF], to: "0001_a.sql")
        #expect(throws: MigrationError.unreadable("0001_a.sql")) { try Migration.load(from: broken.path) }
    }

    @Test("a file with the NUL character, which would cut the script off, is refused")
    func nulCharacter() throws {
        let folder = try MigrationFolder(["0001_a.sql": "CREATE TABLE a (); \0 CREATE TABLE b ();"])
        #expect(throws: MigrationError.unreadable("0001_a.sql")) { try Migration.load(from: folder.path) }
    }
}
