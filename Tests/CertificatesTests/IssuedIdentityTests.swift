import Foundation
import Testing

@testable import Certificates

@Suite("An identity that is made on the spot")
struct IssuedIdentityTests {
    private let folder: IdentityFolder

    init() throws {
        let place = FileManager.default.temporaryDirectory.appending(path: "issued-\(UUID().uuidString)")
        folder = try IdentityFolder(place.path)
    }

    private func write(_ recipe: CertificateRecipe, passphrase: String = "") throws {
        let authority = try IssuedIdentity.issue(CertificateRecipe("Root", .authority))
        let identity = try IssuedIdentity.issue(recipe, by: authority)
        try folder.write(authority.certificatePEM(), to: "ca.pem")
        try folder.write(identity.certificatePEM(), to: "own.pem")
        try folder.write(secret: identity.keyPEM(passphrase: passphrase), to: "own.key")
    }

    private func check(passphrase: String = "") throws(ClientIdentityFault) {
        try ClientIdentityCheck.check(
            certificate: folder.file("own.pem"), key: folder.file("own.key"), passphrase: passphrase,
            authorities: folder.file("ca.pem"))
    }

    private func remove() throws {
        try FileManager.default.removeItem(atPath: folder.path)
    }

    @Test("is a pair that the check takes, its key encrypted or not", arguments: ["", "a passphrase"])
    func pair(passphrase: String) throws {
        try write(CertificateRecipe("a", .client), passphrase: passphrase)
        #expect(throws: Never.self) { try check(passphrase: passphrase) }
        if !passphrase.isEmpty { #expect(throws: ClientIdentityFault.self) { try check(passphrase: "another") } }
        try remove()
    }

    @Test("is good for the time that the recipe says")
    func time() throws {
        var recipe = CertificateRecipe("a", .client)
        recipe.begins = -7_200
        recipe.ends = -3_600
        try write(recipe)
        #expect(throws: ClientIdentityFault(.expired, folder.file("own.pem"))) { try check() }
        try remove()
    }

    @Test("has a key that only its owner may read, in place of an older file that more could")
    func mode() throws {
        try folder.write([1], to: "own.key")
        try write(CertificateRecipe("a", .client))
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("own.key"))[.posixPermissions]
        #expect(mode as? Int == 0o600)
        try remove()
    }

    @Test("cannot be made of names that are none")
    func names() {
        let recipe = CertificateRecipe("a", .server(names: ["IP:nowhere"]))
        #expect(throws: IssueError.self) { try IssuedIdentity.issue(recipe) }
    }

    @Test("is not written where there is no folder")
    func noFolder() throws {
        let path = folder.file("missing/folder")
        #expect(throws: IssueError.cannotWrite(path, code: ENOENT)) { try IdentityFolder(path) }
        try remove()
    }
}
