/// What the service shows of itself to people and programs. Read once, at start, and given out from memory.
public struct Pages: Sendable {
    /// The OpenAPI document, as JSON text.
    public var description: [UInt8]
    /// Our own pages, styles and scripts, by file name.
    public var files: [String: [UInt8]]
    /// What Swagger UI and Redoc need, by file name; empty where they are not installed.
    public var bundles: [String: [UInt8]]

    /// Gathers the contents.
    public init(description: [UInt8], files: [String: [UInt8]], bundles: [String: [UInt8]] = [:]) {
        self.description = description
        self.files = files
        self.bundles = bundles
    }

    /// The files of Swagger UI's and Redoc's bundles; their licences lie beside them.
    public static let bundleNames = ["swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js"]

    /// Whether both can be shown.
    var hasBundles: Bool { Self.bundleNames.allSatisfy { bundles[$0] != nil } }
}
