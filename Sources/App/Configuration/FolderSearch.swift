import Glibc

/// Looks for a folder of the program at the usual places.
struct FolderSearch: Sendable {
    /// Where the process was started.
    let workingFolder: String
    /// The other folders to look into, in order.
    let others: [String]

    /// The working folder, the program's own folder, and `share/gigaoffice` beside that one.
    static var standard: FolderSearch {
        let folder = ProcessFacts.programFolder
        return FolderSearch(workingFolder: ".", others: folder.map { [$0, "\($0)/../share/gigaoffice"] } ?? [])
    }

    /// All places in order.
    var places: [String] { [workingFolder] + others }

    /// The path of something in the working folder.
    func local(_ name: String) -> String { Self.path(workingFolder, name) }

    /// The first place's folder of that name.
    func find(_ name: String) -> String? {
        places.lazy.map { Self.path($0, name) }.first(where: isFolder)
    }

    /// Whether the path leads to a folder.
    func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func path(_ folder: String, _ name: String) -> String {
        folder == "." ? name : "\(folder)/\(name)"
    }
}
