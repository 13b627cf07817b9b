import Files

/// Reads small text files whole.
enum BoundedFile {
    /// No file of settings comes near it.
    static let maxBytes = 1 << 20

    /// The file's text. Blocks.
    static func read(_ path: String) throws(FileReadError) -> String {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try SmallFile(path, maximumBytes: maxBytes).read().bytes
        } catch {
            throw .file(error)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
