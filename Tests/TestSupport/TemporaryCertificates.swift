public import FakeProviders
import Foundation

/// A fake's certificates, in a folder that goes with this object.
public final class TemporaryCertificates: Sendable {
    /// The files.
    public let files: FakeCertificates

    /// Makes them.
    public init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificates-\(UUID().uuidString)")
        files = try FakeCertificates(in: folder.path)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: files.folder)
        } catch {
            print("\(files.folder): \(error)")
        }
    }
}
