import Domain
import JSON
import Prompts
import Storage
import Testing

@Suite("Catalogue", .serialized)
struct CatalogueTests {
    private func library(_ presets: [Preset], title: String = "Анализ") -> PromptLibrary {
        PromptLibrary(
            categories: [
                PromptCategory(id: 1, name: "analysis", displayName: title, description: "d", sortOrder: 1),
                PromptCategory(id: 2, name: "search", displayName: "Поиск", description: "d", sortOrder: 2),
            ],
            presets: presets, systemPrompts: [:], classifier: SystemPrompt(prompt: "p"))
    }

    private func preset(_ id: Int, _ name: String, _ template: String = "t") -> Preset {
        Preset(id: id, category: "analysis", name: name, description: "d", template: template)
    }

    private func draft(_ name: String, _ category: String = "analysis", template: String = "t") -> CatalogueDraft {
        .preset(PresetDraft(category: category, name: name, description: "", template: template, isActive: true))
    }

    private func names(_ catalogue: PostgresCatalogue) async throws -> [String] {
        try await catalogue.contents().presets.map { "\($0.id) \($0.draft.name)" }
    }

    @Test("seeding brings in what is new, with the numbers of the files, and does nothing the second time")
    func seedsOnce() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            #expect(try await catalogue.seed(library([preset(1, "a"), preset(2, "b")])).added == 4)
            let revision = try await catalogue.revision()
            let again = try await catalogue.seed(library([preset(1, "a"), preset(2, "b")]))
            #expect(again.added == 0 && again.changed == 0)
            #expect(try await catalogue.revision() == revision)
            #expect(try await names(catalogue) == ["1 a", "2 b"])
        }
    }

    @Test("unedited rows follow the files, edited ones are never overwritten, deleted ones stay deleted")
    func seedingRules() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([preset(1, "a"), preset(2, "b"), preset(3, "c")]))
            _ = try await catalogue.update(2, to: draft("mine"), by: "me")
            _ = try await catalogue.delete(CatalogueKey(.preset, 3), by: "me")
            let filling = try await catalogue.seed(
                library([preset(1, "a2"), preset(2, "b2"), preset(3, "c2"), preset(4, "d")], title: "Новое имя"))
            #expect(filling.added == 1 && filling.changed == 2)
            #expect(try await names(catalogue) == ["1 a2", "2 mine", "4 d"])
            let contents = try await catalogue.contents()
            #expect(contents.presets.map(\.followsFiles) == [true, false, true])
            #expect(contents.categories.first?.draft.displayName == "Новое имя")
        }
    }

    @Test("a hidden preset is an edited one, and a change by hand gets its version and revision too")
    func changesByHand() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([preset(1, "a"), preset(2, "b")]))
            let revision = try await catalogue.revision()
            _ = try await catalogue.setActive(CatalogueKey(.preset, 1), false, by: "me")
            try await bench.sql("UPDATE prompts SET template = 'by hand' WHERE id = 2")
            #expect(try await catalogue.revision() == revision + 2)
            _ = try await catalogue.seed(library([preset(1, "a2"), preset(2, "b2")]))
            #expect(try await names(catalogue) == ["1 a", "2 b"])
            #expect(try await catalogue.contents().presets.first?.draft.isActive == false)
            #expect(try await catalogue.versions(of: CatalogueKey(.preset, 2)).map(\.action) == ["update", "seed"])
        }
    }

    @Test("ten instances that seed at once bring everything in once")
    func manySeeders() async throws {
        try await Bench.run(connections: 8) { bench in
            let library = library([preset(1, "a"), preset(2, "b")])
            let added = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 { group.addTask { try await bench.catalogue.seed(library).added } }
                return try await group.reduce(0, +)
            }
            #expect(added == 4)
        }
    }

    @Test("a category from before the files were known is kept as it is, and gets the files' presets")
    func olderCategory() async throws {
        try await Bench.run { bench in
            try await bench.sql(
                "INSERT INTO categories (id, name, display_name) VALUES (1, 'search', 'Старое имя поиска')")
            let catalogue = bench.catalogue
            #expect(try await catalogue.seed(library([preset(1, "a")])).added == 2)
            let contents = try await catalogue.contents()
            let older = try #require(contents.categories.first { $0.draft.name == "search" })
            #expect(older.id == 1 && older.draft.displayName == "Старое имя поиска" && !older.followsFiles)
            #expect(contents.categories.first { $0.draft.name == "analysis" }?.id ?? 0 > 1000)
            #expect(contents.presets.map(\.draft.category) == ["analysis"])
        }
    }

    @Test("feedback is stored with its job, and nowhere without one")
    func feedback() async throws {
        try await Bench.run { bench in
            let job = try await bench.submit()
            let object = JSONObject([
                ("ai_request_id", .string(job.description)), ("rating", false), ("comment", "нет"),
            ])
            let draft = try FeedbackDraft.read(object).get()
            let stored = try #require(try await bench.feedback.add(draft, to: job, for: .keyless))
            #expect(stored.draft == draft && stored.id > 0)
            #expect(try await bench.value("SELECT comment FROM ai_responses WHERE NOT rating") == "нет")
            #expect(try await bench.feedback.add(draft, to: .random(), for: .administrator) == nil)
        }
    }

    @Test("every change has a version with who and what, and an item can be made what it was, even after deletion")
    func versions() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([]))
            guard case .done(.preset(let made)) = try await catalogue.create(draft("a", template: "one"), by: "anna")
            else { Issue.record("not made"); return }
            #expect(made.id > 1000)
            let key = CatalogueKey(.preset, made.id)
            _ = try await catalogue.update(made.id, to: draft("a", template: "two"), by: "boris")
            _ = try await catalogue.delete(key, by: "anna")
            #expect(try await names(catalogue) == [])
            guard case .done(.preset(let restored)) = try await catalogue.rollBack(key, to: 1, by: "boris")
            else { Issue.record("not restored"); return }
            #expect(restored.draft.template == "one" && restored.version == 4)
            let versions = try await catalogue.versions(of: key)
            #expect(versions.map(\.action) == ["rollback", "delete", "update", "create"])
            #expect(versions.map(\.author) == ["boris", "anna", "boris", "anna"])
            #expect(versions[2].content["template"] == "two")
            #expect(try await catalogue.rollBack(key, to: 9, by: "x") == .unknown)
        }
    }

    @Test("what cannot be done is told apart")
    func refusals() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([preset(1, "a"), preset(2, "b")]))
            #expect(try await catalogue.create(draft("a"), by: "x") == .nameTaken)
            #expect(try await catalogue.create(draft("a", "nowhere"), by: "x") == .noCategory)
            #expect(try await catalogue.update(2, to: draft("a"), by: "x") == .nameTaken)
            #expect(try await catalogue.update(77, to: draft("z"), by: "x") == .unknown)
            #expect(try await catalogue.delete(CatalogueKey(.preset, 77), by: "x") == .unknown)
            #expect(try await catalogue.delete(CatalogueKey(.category, 1), by: "x") == .inUse)
            #expect(try await catalogue.delete(CatalogueKey(.category, 77), by: "x") == .unknown)
            #expect(try await catalogue.versions(of: CatalogueKey(.preset, 77)) == [])
        }
    }

    @Test("uses are added without a new revision or version")
    func uses() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([preset(1, "a"), preset(2, "b")]))
            let revision = try await catalogue.revision()
            try await catalogue.addUses([1: 3, 2: 1, 99: 5])
            try await catalogue.addUses([1: 2])
            let presets = try await catalogue.contents().presets
            #expect(presets.map(\.uses) == [5, 1])
            #expect(presets.map(\.version) == [1, 1])
            #expect(presets.allSatisfy { $0.followsFiles })
            #expect(try await catalogue.revision() == revision)
        }
    }

    @Test("an import changes only what differs, and nothing at all when a preset has no category")
    func imports() async throws {
        try await Bench.run { bench in
            let catalogue = bench.catalogue
            _ = try await catalogue.seed(library([preset(1, "a"), preset(2, "b")]))
            let contents = try await catalogue.contents()
            var presets = contents.presets.map(\.draft)
            let same = try await catalogue.fill(contents.categories.map(\.draft), presets, by: "x")
            #expect(same.added == 0 && same.changed == 0)
            presets[0].template = "changed"
            presets[1].name = "new"
            let filling = try await catalogue.fill([], presets, by: "x")
            #expect(filling.added == 1 && filling.changed == 1)
            presets[0].template = "once more"
            presets[1].category = "nowhere"
            await #expect(throws: StoreError.self) { try await catalogue.fill([], presets, by: "x") }
            #expect(try await catalogue.contents().presets.first?.draft.template == "changed")
        }
    }
}
