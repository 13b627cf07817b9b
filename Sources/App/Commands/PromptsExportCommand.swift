import Domain
import Storage

/// `gigaoffice prompts export`.
struct PromptsExportCommand {
    private let options: PromptFileOptions

    init(_ options: PromptFileOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        StoreProgram(environmentFile: options.environmentFile).runOnCatalogue { catalogue throws(StoreError) in
            Terminal.say(CatalogueFile.text(try await catalogue.contents()), and: .success)
        }
    }
}
