import FoundationEssentials
import JSON
import YAML

/// Puts the OpenAPI document together from the files in `resources/api`: `openapi.yaml` has what is common, each of the
/// others some paths and components. A path's method and a component's name may stand in one file only.
struct APIDescription {
    /// The folder of the files.
    let folder: String
    private static let main = "openapi.yaml"

    /// The document, with `version` as that of the API.
    func load(version: String) throws(StartError) -> JSONValue {
        var document = try object(Self.main, try read(Self.main))
        var paths = JSONObject()
        var components = try object(Self.main, document["components"] ?? .object(JSONObject()))
        for name in try names() {
            let part = try object(name, try read(name))
            for (key, value) in part where key != "paths" && key != "components" {
                throw fault(name, "\(key) (\(value.kindName)) has no place in a part")
            }
            try merge(try object(name, part["paths"] ?? .object(JSONObject())), from: name, into: &paths)
            try merge(try object(name, part["components"] ?? .object(JSONObject())), from: name, into: &components)
        }
        var info = try object(Self.main, document["info"] ?? .null)
        info["version"] = .string(version)
        document["info"] = .object(info)
        document["paths"] = .object(paths)
        document["components"] = .object(components)
        return .object(document)
    }

    /// Both paths with their methods and kinds of components with their names are mappings of mappings.
    private func merge(_ part: JSONObject, from name: String, into whole: inout JSONObject) throws(StartError) {
        for (key, entries) in part {
            var known = try object(name, whole[key] ?? .object(JSONObject()))
            for (entry, value) in try object(name, entries) {
                guard known[entry] == nil else { throw fault(name, "\(key), \(entry) stands in another file, too") }
                known[entry] = value
            }
            whole[key] = .object(known)
        }
    }

    private func names() throws(StartError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { $0.hasSuffix(".yaml") && $0 != Self.main }.sorted()
        } catch {
            throw fault("", "the folder cannot be read")
        }
    }

    private func read(_ name: String) throws(StartError) -> JSONValue {
        do {
            return try YAMLParser.parse(try BoundedFile.read("\(folder)/\(name)")).jsonValue
        } catch {
            throw fault(name, "\(error)")
        }
    }

    private func object(_ name: String, _ value: JSONValue) throws(StartError) -> JSONObject {
        guard case .object(let object) = value else { throw fault(name, "a mapping is missing") }
        return object
    }

    private func fault(_ name: String, _ reason: String) -> StartError {
        StartError("\(folder)/\(name): \(reason)", .configuration)
    }
}
