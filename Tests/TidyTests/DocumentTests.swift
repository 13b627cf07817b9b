import Foundation
import Testing

/// The pages for people, against each other and against the tree.
@Suite("The documents are true to the tree and to each other")
struct DocumentTests {
    private static let readmes = ["README.md", "README.ru.md"]
    /// What is typed and what comes back is the same in both languages; pictures may be translated.
    private static let sharedLanguages: Set<String> = ["sh", "json"]

    @Test("both READMEs have the same headings, by level and order")
    func headings() throws {
        let levels = try pages(Self.readmes).map { $0.headings.map { $0.prefix { $0 == "#" }.count } }
        #expect(levels[0].count > 5)
        #expect(levels[0] == levels[1])
    }

    @Test("both READMEs have the same code blocks: of the same kinds, and commands and answers to the letter")
    func codeBlocks() throws {
        let blocks = try pages(Self.readmes).map(\.codeBlocks)
        #expect(blocks[0].map(\.language) == blocks[1].map(\.language))
        let shared = blocks.map { $0.filter { Self.sharedLanguages.contains($0.language) } }
        #expect(shared[0].count > 5)
        #expect(shared[0] == shared[1])
    }

    @Test("both READMEs have tables and lists of the same length, and lead to the same places")
    func content() throws {
        let both = try pages(Self.readmes)
        #expect(both[0].prose.count { $0.hasPrefix("|") } == both[1].prose.count { $0.hasPrefix("|") })
        #expect(both[0].prose.count { $0.hasPrefix("* ") } == both[1].prose.count { $0.hasPrefix("* ") })
        let targets = both.map { Set($0.links.map(\.path)).subtracting(Self.readmes) }
        #expect(targets[0] == targets[1])
    }

    @Test("every relative link leads to a file, and to a heading where it names one")
    func links() throws {
        for page in try DocumentTree.package.get().pages {
            for link in page.links where !link.isExternal {
                let target = page.resolve(link.path)
                #expect(try DocumentTree.exists(target), "\(page.path) leads to \(link.text)")
                guard let anchor = link.anchor, target.hasSuffix(".md") else { continue }
                let headings = try pages([target])[0].headings.map(DocumentPage.anchor)
                #expect(headings.contains(anchor), "\(page.path) leads to \(link.text)")
            }
        }
    }

    @Test("every path that the architecture names exists")
    func paths() throws {
        let named = try pages(["docs/architecture.md"])[0].quotedWords.filter { DocumentTree.looksLikePath($0) }
        #expect(named.count > 20)
        for path in named {
            #expect(try DocumentTree.exists(path), "docs/architecture.md names \(path)")
        }
    }

    @Test("every file that the architecture names beside a folder is in that folder")
    func files() throws {
        let files = try DocumentTree.package.get().files
        for row in try pages(["docs/architecture.md"])[0].tableRows {
            guard let folder = DocumentPage.quotedWords(in: row[0]).first, folder.contains("/") else { continue }
            for name in row.dropFirst().flatMap(DocumentPage.quotedWords) {
                let isThere = files.contains { $0.hasPrefix(folder + "/") && $0.hasSuffix("/\(name).swift") }
                #expect(isThere, "docs/architecture.md names \(name) in \(folder)")
            }
        }
    }

    @Test("the architecture has a row for each module, with what Package.swift lets it depend on")
    func modules() throws {
        let manifest = try PackageManifest.package.get()
        let rows = try pages(["docs/architecture.md"])[0].tableRows
        for module in Rings.rank.keys.sorted() where !Rings.isC(module) {
            let row = rows.first { $0[0] == module && $0.count == 3 }
            guard let row else {
                Issue.record("docs/architecture.md has no row for \(module)")
                continue
            }
            guard module != "App" else { continue }
            let written = row[1].split(separator: ", ").map(String.init).filter { $0 != "–" }
            #expect(Set(written) == manifest.dependencies[module], "docs/architecture.md on \(module)")
        }
    }

    private func pages(_ paths: [String]) throws -> [DocumentPage] {
        let all = try DocumentTree.package.get().pages
        return try paths.map { path in try #require(all.first { $0.path == path }, "\(path) is missing") }
    }
}
