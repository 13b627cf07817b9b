import Domain
import EventLoop
import Prompts
import TestSupport
import Testing

@testable import App

@Suite("The prompts of a running process")
struct LivePromptsTests {
    private static let files = PromptLibrary(
        categories: [], presets: [], systemPrompts: [:], classifier: SystemPrompt(prompt: "C"),
        general: SystemPrompt(prompt: "G"))

    private static func contents(_ revision: Int64, _ names: String...) -> CatalogueContents {
        let categories = names.enumerated().map { place, name in
            CatalogueCategory(
                id: place + 1,
                draft: CategoryDraft(
                    name: name, displayName: name, description: "задачи вида \(name)", isActive: true,
                    sortOrder: place),
                version: 1, followsFiles: false)
        }
        return CatalogueContents(revision: revision, categories: categories, presets: [])
    }

    private func with(_ body: @escaping @Sendable (LivePrompts) async throws -> Void) async throws {
        try await onLoop { _ in
            let blocking = try BlockingThread(name: "learning")
            defer { blocking.shutdown() }
            try await body(await LivePrompts(Self.files, Self.contents(3, "analysis"), blocking: blocking))
        }
    }

    @Test("are those of the catalogue from the start, and learnt")
    func start() async throws {
        try await with { prompts in
            #expect(prompts.current.library.activeCategories.map(\.name) == ["analysis"])
            #expect(prompts.current.words.categories == ["analysis"])
        }
    }

    @Test("follow a younger catalogue, and never go back to an older one")
    func follows() async throws {
        try await with { prompts in
            await prompts.follow(Self.contents(5, "analysis", "letters"))
            #expect(prompts.current.words.categories == ["analysis", "letters"])
            #expect(prompts.current.library.systemPrompt(forCategory: "letters") != nil)
            await prompts.follow(Self.contents(4, "search"))
            await prompts.follow(Self.contents(5, "search"))
            #expect(prompts.current.words.categories == ["analysis", "letters"])
        }
    }

    @Test("are learnt in place when the thread for it takes nothing more, so that no change is missed")
    func refused() async throws {
        try await onLoop { _ in
            let blocking = try BlockingThread(name: "learning", limit: 0)
            defer { blocking.shutdown() }
            let prompts = await LivePrompts(Self.files, Self.contents(3, "analysis"), blocking: blocking)
            await prompts.follow(Self.contents(4, "letters"))
            #expect(prompts.current.words.categories == ["letters"])
        }
    }
}
