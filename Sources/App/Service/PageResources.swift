import API
import FoundationEssentials
import JSON
import Telemetry

/// Reads the API's description, our own pages and the bundles that show the description.
struct PageResources {
    private let paths: Configuration.Paths
    /// More than the largest bundle has.
    private static let maxBytes = 8 << 20
    private static let endings = [".html", ".css", ".js", ".svg"]

    init(_ paths: Configuration.Paths) {
        self.paths = paths
    }

    /// Reads everything. Bundles that are not there are no reason not to start.
    func load(logger: Logger) throws(StartError) -> Pages {
        let description = try APIDescription(folder: "\(paths.resources)/api").load(version: ProgramVersion.current)
        return Pages(
            description: description.serialized(), files: try files(in: "\(paths.resources)/web"),
            bundles: bundles(logger))
    }

    private func files(in folder: String) throws(StartError) -> [String: [UInt8]] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw StartError("\(folder): the folder cannot be read", .configuration)
        }
        var files: [String: [UInt8]] = [:]
        for name in names where Self.endings.contains(where: name.hasSuffix) {
            guard let bytes = bytes("\(folder)/\(name)") else {
                throw StartError("\(folder)/\(name): cannot be read, or is too large", .configuration)
            }
            files[name] = bytes
        }
        return files
    }

    private func bundles(_ logger: Logger) -> [String: [UInt8]] {
        guard let folder = paths.apiDocuments else { return [:] }
        var files: [String: [UInt8]] = [:]
        for name in Pages.bundleNames {
            guard let bytes = bytes("\(folder)/\(name)") else {
                logger.warning(
                    "a file of the API's documents cannot be read; /docs and /redoc do without",
                    ["file": .text("\(folder)/\(name)")])
                continue
            }
            files[name] = bytes
        }
        return files
    }

    private func bytes(_ path: String) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: path), data.count <= Self.maxBytes else { return nil }
        return Array(data)
    }
}
