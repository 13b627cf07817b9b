import Testing

@testable import Certificates

@Suite("The check of a client's certificate and key")
struct ClientIdentityCheckTests {
    private let files: IdentityFiles

    init() throws {
        files = try IdentityFiles()
        files.make("a")
        files.make("b", passphrase: "word")
    }

    private func kind(
        _ certificate: String, _ key: String?, _ passphrase: String = "", authorities: String? = nil
    ) -> ClientIdentityFault.Kind? {
        do throws(ClientIdentityFault) {
            try ClientIdentityCheck.check(
                certificate: files.path(certificate), key: key.map { files.path($0) }, passphrase: passphrase,
                authorities: authorities.map { files.path($0) })
            return nil
        } catch {
            return error.kind
        }
    }

    @Test("takes a pair, also in one file, and an encrypted key with its passphrase")
    func good() throws {
        try files.write(files.text("a.key") + files.text("a.crt") + files.text("b.crt"), to: "both")
        #expect(kind("a.crt", "a.key") == nil)
        #expect(kind("both", nil) == nil)
        #expect(kind("b.crt", "b.key", "word") == nil)
        #expect(kind("a.crt", "a.key", authorities: "both") == nil)
    }

    @Test("tells a missing passphrase and a wrong one from a file without a key", arguments: ["", "other"])
    func passphrase(passphrase: String) {
        #expect(kind("b.crt", "b.key", passphrase) == .passphrase)
        #expect(kind("b.crt", "a.crt", passphrase) == .noKey)
    }

    @Test("refuses the key of another certificate")
    func mismatch() {
        #expect(kind("a.crt", "b.key", "word") == .mismatch)
    }

    @Test("refuses a certificate outside its time")
    func time() {
        files.make("old", from: -7200, until: -3600)
        files.make("new", from: 3600, until: 7200)
        #expect(kind("old.crt", "old.key") == .expired)
        #expect(kind("new.crt", "new.key") == .notYetValid)
    }

    @Test("refuses files that are missing, hold nothing in PEM or are damaged")
    func badFiles() throws {
        try files.write("no PEM", to: "text")
        let damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
        try files.write(files.text("a.crt") + damaged, to: "damaged")
        #expect(kind("missing", "a.key") == .unreadable)
        #expect(kind("a.crt", "missing") == .unreadable)
        #expect(kind("text", "a.key") == .noCertificate)
        #expect(kind("a.crt", "a.key", authorities: "missing") == .unreadable)
        #expect(kind("a.crt", "a.key", authorities: "text") == .noCertificate)
        #expect(kind("a.crt", "a.key", authorities: "damaged") == .damagedAuthorities)
    }

    @Test("names the file and what to do")
    func words() throws {
        let path = files.path("missing")
        let fault = #expect(throws: ClientIdentityFault.self) { try ClientIdentityCheck.check(authorities: path) }
        #expect(fault?.description.hasPrefix("\(path): the file cannot be read; check its path") == true)
    }
}
