import Testing

@Suite("A page of Markdown is taken apart")
struct DocumentPageTests {
    private let page = DocumentPage(
        path: "docs/page.md",
        text: """
            # Title: `a/b` & more
            See [one](../README.md#run-it) and [two](other.md), not `[three](x.md)`.
            | `Sources/A` | `B`, plain |
            |---|---|
            ```sh
            # no heading, [no link](y.md)
            ```
            * ends
            """)

    @Test("headings and prose are what stands outside code blocks")
    func prose() {
        #expect(page.headings == ["# Title: `a/b` & more"])
        #expect(page.prose.last == "* ends")
    }

    @Test("a code block has its language and its lines")
    func codeBlocks() {
        #expect(page.codeBlocks == [.init(language: "sh", lines: ["# no heading, [no link](y.md)"])])
    }

    @Test("links are found outside code, with their anchors")
    func links() {
        #expect(page.links.map(\.path) == ["../README.md", "other.md"])
        #expect(page.links.map(\.anchor) == ["run-it", nil])
    }

    @Test(
        "a relative path is resolved from the page's folder",
        arguments: [("../README.md", "README.md"), ("other.md", "docs/other.md"), ("", "docs/page.md")])
    func resolve(relative: String, path: String) {
        #expect(page.resolve(relative) == path)
    }

    @Test("quoted words and the cells of a table's rows")
    func words() {
        #expect(page.quotedWords == ["a/b", "[three](x.md)", "Sources/A", "B"])
        #expect(page.tableRows == [["`Sources/A`", "`B`, plain"]])
    }

    @Test(
        "an anchor is the heading in small letters with hyphens",
        arguments: [
            ("## Run it", "run-it"), ("# What works, and what doesn't", "what-works-and-what-doesnt"),
            ("## Чего пока нет", "чего-пока-нет"),
        ])
    func anchor(heading: String, anchor: String) {
        #expect(DocumentPage.anchor(heading) == anchor)
    }

    @Test("the manifest's modules are read with their dependencies")
    func manifest() {
        let manifest = PackageManifest(
            text: """
                        system("JSON"),
                        service("Queue", ["Domain", "Kafka"]),
                        tests("QueueTests", ["Queue"]),
                """)
        #expect(manifest.dependencies == ["JSON": [], "Queue": ["Domain", "Kafka"]])
    }
}
