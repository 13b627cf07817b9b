import Foundation

/// The program under test.
public enum Program {
    /// The binary that `GIGAOFFICE_BINARY` names, or else this package's debug build.
    public static func path() throws -> String {
        let named = ProcessInfo.processInfo.environment["GIGAOFFICE_BINARY"].flatMap { $0.isEmpty ? nil : $0 }
        // Absolute in any case: the program is started in another folder.
        let path = (named.map { URL(filePath: $0) } ?? packageFolder.appending(path: ".build/debug/gigaoffice")).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestSetupError("there is no program \(path): run `swift build`, or set GIGAOFFICE_BINARY")
        }
        return path
    }

    /// What the program needs of the surroundings, and nothing that a caller has set for another one.
    public static var surroundings: [String: String] {
        let names = ["PATH", "HOME", "TZ", "LD_LIBRARY_PATH", "TSAN_OPTIONS", "ASAN_OPTIONS", "LLVM_PROFILE_FILE"]
        return ProcessInfo.processInfo.environment.filter { names.contains($0.key) }
    }

    /// Where the program finds its files; the working folder of a test holds none.
    public static var folders: [String: String] {
        [
            "RESOURCES_DIR": packageFolder.appending(path: "resources").path,
            "MIGRATIONS_DIR": packageFolder.appending(path: "migrations").path,
        ]
    }

    /// A file of this checkout.
    public static func file(_ path: String) -> String { packageFolder.appending(path: path).path }

    private static let packageFolder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}
