import Domain
import Storage

/// `gigaoffice prompts import`.
struct PromptsImportCommand {
    private let options: PromptFileOptions

    init(_ options: PromptFileOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        guard let path = options.files.first else { return .usage }
        let text: String
        do throws(FileReadError) {
            text = try BoundedFile.read(path)
        } catch {
            return refuse(path, ["\(error)"])
        }
        switch CatalogueFile.read(text, isJSON: path.hasSuffix(".json")) {
        case .failure(let faults): return refuse(path, faults.list)
        case .success(let file): return fill(file, path)
        }
    }

    private func fill(_ file: CatalogueFile, _ path: String) -> ExitCode {
        StoreProgram(environmentFile: options.environmentFile).runOnCatalogue { catalogue throws(StoreError) in
            let known = try await catalogue.contents().categories.map(\.draft.name)
            let missing = file.missingCategories(known: known)
            guard missing.isEmpty else { return refuse(path, missing.map { "there is no category \"\($0)\"" }) }
            let filling = try await catalogue.fill(file.categories, file.presets, by: "import")
            return Terminal.say("\(filling.added) added, \(filling.changed) changed", and: .success)
        }
    }
}

/// Says what is wrong with a file.
private func refuse(_ path: String, _ faults: [String]) -> ExitCode {
    for fault in faults { Terminal.complain("gigaoffice: \(path): \(fault)") }
    return .configuration
}
