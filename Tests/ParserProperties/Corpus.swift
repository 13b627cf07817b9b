import Foundation

/// The inputs that are kept for a fuzz target, in `Fuzz/Corpus`: each has made the parser do something new once.
public struct Corpus {
    /// The files, by name.
    public let inputs: [(name: String, bytes: [UInt8])]

    /// Reads all files of a target; throws when there is no such folder.
    public init(of target: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fuzz/Corpus")
        let folder = root.appending(path: target)
        inputs = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            (name, [UInt8](try Data(contentsOf: folder.appending(path: name))))
        }
    }
}
