import EventLoop

extension ConfigurationSources {
    /// Reads every place a configuration can come from: this process's environment, the `.env` file, the folders
    /// that are found, and the JSON files in `config` of the resources. What cannot be read becomes a fault.
    /// Blocks on files; call it once, before the loops start.
    ///
    /// - Parameters:
    ///   - options: settings given on the command line, by setting name.
    ///   - environmentFile: the `.env` file named on the command line; it takes the place of every other.
    static func read(options: [String: String] = [:], environmentFile: String? = nil) -> Self {
        read(
            options: options, environmentFile: environmentFile, environment: ProcessFacts.environment,
            searching: .standard)
    }

    /// The same with an environment and places of the caller's choice.
    static func read(
        options: [String: String] = [:], environmentFile: String? = nil, environment: [String: String],
        searching search: FolderSearch
    ) -> Self {
        var sources = ConfigurationSources(options: options, environment: environment)
        if let environmentFile { sources.options[SettingTable.environmentFileName] = environmentFile }
        sources.readEnvironmentFile(search)
        let resources = sources.findFolder("RESOURCES_DIR", named: Configuration.Paths().resources, search)
        sources.findFolder("MIGRATIONS_DIR", named: Configuration.Paths().migrations, search)
        if let resources { sources.readFiles(in: "\(resources)/config") }
        return sources
    }

    private mutating func readEnvironmentFile(_ search: FolderSearch) {
        let name = SettingTable.environmentFileName
        let named = (options[name] ?? environment[name]).flatMap { $0.isEmpty ? nil : $0 }
        let path = named ?? search.local(".env")
        do throws(FileReadError) {
            environmentFile = TextFile(name: path, text: try BoundedFile.read(path))
        } catch {
            if named == nil, error.isAbsence { return }
            faults.append(ConfigurationFault(named == nil ? path : name, "cannot read \(path): \(error)"))
        }
    }

    /// The folder that the settings name, or else the one that the search finds; nil, with a fault, for none.
    @discardableResult
    private mutating func findFolder(_ setting: String, named name: String, _ search: FolderSearch) -> String? {
        if let named = SettingLayers(self, groups: []).text(of: setting)?.text.trimmed {
            // Loading reports a text that is no path at all.
            if Rule<String>.path.read(named) == nil { return nil }
            if search.isFolder(named) { return named }
            faults.append(ConfigurationFault(setting, "there is no folder \(named)"))
            return nil
        }
        if let path = search.find(name) {
            found[setting] = path
            return path
        }
        let places = search.places.map { $0 == "." ? "the working folder" : $0 }.joined(separator: ", ")
        faults.append(ConfigurationFault(setting, "not set, and there is no folder \(name) in \(places)"))
        return nil
    }

    private mutating func readFiles(in folder: String) {
        for file in ConfigurationFile.allCases {
            let path = "\(folder)/\(file.rawValue)"
            do throws(FileReadError) {
                files[file] = TextFile(name: file.rawValue, text: try BoundedFile.read(path))
            } catch {
                if error.isAbsence { continue }
                faults.append(ConfigurationFault(path, "cannot be read: \(error)"))
            }
        }
    }
}
