import CLibz

/// Why no encoder could be made. There is nothing to repair: send the data as it is.
public enum GzipError: Error, Equatable, Sendable {
    /// No memory for the encoder.
    case outOfMemory
    /// zlib's code for anything else: its version at run time does not go with the one compiled against.
    case unusableLibrary(code: Int32)
}

extension GzipError: CustomStringConvertible {
    /// The failure in words.
    public var description: String {
        switch self {
        case .outOfMemory: "no memory to compress with"
        case .unusableLibrary(let code): "zlib \(String(cString: zlibVersion())) is unusable, error \(code)"
        }
    }
}
