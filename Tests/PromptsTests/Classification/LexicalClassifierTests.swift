import Prompts
import Testing

@Suite("The lexical classifier")
struct LexicalClassifierTests {
    private let library: PromptLibrary
    private let classifier: LexicalClassifier

    init() throws {
        library = try ShippedLibrary.load()
        classifier = LexicalClassifier(library)
    }

    @Test("finds the category of at least 85 % of the queries that were held back")
    func accuracy() {
        let open = ConfusionTable(LabelledQueries.open, classifier)
        let heldBack = ConfusionTable(LabelledQueries.heldBack, classifier)
        print("queries looked at:\n\(open)\nqueries held back:\n\(heldBack)")
        #expect(heldBack.total >= 60)
        #expect(heldBack.accuracy >= 0.85)
    }

    @Test("is as often right as it says")
    func calibration() {
        let table = CalibrationTable(LabelledQueries.heldBack, classifier)
        print("queries held back:\n\(table)")
        #expect(table.expectedError <= 0.12)
    }

    @Test("learns a category that people add from what they say of it, and keeps its judgement about the others")
    func addedCategory() {
        let letters = PromptCategory(
            id: 1001, name: "letters", displayName: "Составить письмо",
            description: "Тексты деловых писем, ответов и обращений.", sortOrder: 50)
        let template = "Напиши вежливое письмо клиенту с извинениями за задержку"
        let more = PromptLibrary(
            categories: library.categories + [letters],
            presets: library.presets + [
                Preset(id: 1001, category: "letters", name: "Извинение", description: "", template: template)
            ],
            systemPrompts: library.systemPrompts, classifier: library.classifier, phrases: library.phrases)
        let wider = LexicalClassifier(more)
        #expect(wider.categories.contains("letters"))
        #expect(wider.classify("напиши письмо с извинениями поставщику").category == "letters")
        let all = LabelledQueries.all
        let right = all.count { wider.classify($0.text).category == $0.category }
        #expect(Double(right) >= 0.85 * Double(all.count), "\(right) of \(all.count)")
    }

    @Test("is tested on enough queries, none of which it has learnt")
    func noLeaks() {
        let learnt = Set(library.phrases.map { Self.words($0.text) })
        for category in classifier.categories {
            #expect(LabelledQueries.all.filter { $0.category == category }.count >= 30)
            #expect(library.phrases.filter { $0.category == category }.count >= 40)
        }
        #expect(Set(LabelledQueries.all.map { Self.words($0.text) }).count == LabelledQueries.all.count)
        #expect(learnt.count == library.phrases.count)
        for query in LabelledQueries.all { #expect(!learnt.contains(Self.words(query.text)), "\(query.text)") }
    }

    @Test("is uncertain about what is no task", arguments: ["", "   ", "!!!", "🙂", "zzzz qqqq", "漢字"])
    func uncertain(_ text: String) {
        #expect(classifier.classify(text) == .uncertain)
    }

    @Test(
        "gives probabilities that make one, whatever the text",
        arguments: ["", "найди", "создай сумму", "\u{0}\u{202E}"])
    func probabilities(_ text: String) {
        let all = classifier.probabilities(text)
        #expect(all.map(\.category) == ["analysis", "transformation", "search", "generation"])
        #expect(abs(all.reduce(0) { $0 + $1.probability } - 1) < 1e-9)
    }

    @Test(
        "takes misspelt words for what they are",
        arguments: [
            ("создй таблитцу сотрудиков", "generation"), ("отфильтрй по стаусу", "search"),
            ("перивиди на англиский", "transformation"), ("пракоментируй и проонализируй", "analysis"),
        ])
    func misspelt(text: String, category: String) {
        #expect(classifier.classify(text).category == category)
    }

    @Test("learns nothing from phrases of unknown categories, and knows nothing when there are none")
    func unknown() {
        let phrases = [LabelledPhrase(category: "cooking", text: "свари суп")]
        let empty = LexicalClassifier(categories: ["a", "b", "c"], phrases: phrases)
        #expect(empty.classify("свари суп") == .uncertain)
        #expect(LexicalClassifier(categories: [], phrases: []).classify("свари суп") == .uncertain)
    }

    @Test("is made and used quickly, however long the text")
    func speed() {
        let clock = ContinuousClock()
        let making = clock.measure { _ = LexicalClassifier(library) }
        let long = String(repeating: "посчитай сумму по отделам и найди ошибки ", count: 800)
        let using = clock.measure { for _ in 0..<10 { _ = classifier.classify(long) } } / 10
        let short = clock.measure { for query in LabelledQueries.all { _ = classifier.classify(query.text) } }
        print("made in \(making), a query in \(short / LabelledQueries.all.count), the longest in \(using)")
        // Debug builds are some twenty times slower than release ones, where the limits are 50 ms and 1 ms.
        #expect(making < .seconds(10))
        #expect(using < .milliseconds(500))
    }

    private static func words(_ text: String) -> String {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}
