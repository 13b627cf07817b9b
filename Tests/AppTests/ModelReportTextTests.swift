import API
import Domain
import JSON
import Providers
import Testing

@testable import App

@Suite("What gigaoffice models prints")
struct ModelReportTextTests {
    private static let report = ModelReport(
        providers: [
            ModelReport.Provider(
                name: "gigachat", capabilities: [.chat, .embeddings],
                standing: ProviderStanding(isUsable: true, detail: "token for 1700 s"), breaker: "closed"),
            ModelReport.Provider(
                name: "mistral", capabilities: .chat, standing: ProviderStanding(isUsable: true), breaker: "closed"),
        ],
        routes: [.chat: ["gigachat/GigaChat-2"], .generation: ["gigachat/GigaChat-2"]],
        listing: ModelListing(
            models: [
                ModelDescription(provider: "gigachat", id: "GigaChat-2", owner: "sber", capabilities: .chat),
                ModelDescription(provider: "gigachat", id: "x\n", capabilities: .embeddings),
            ], failures: ["mistral": ModelFailure(.transport, "refused")]))

    @Test("A provider that fails stands among the others, and texts of theirs move no cursor")
    func page() {
        let lines = ModelReportText.page(Self.report, ModelsCommand.Account()).split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(
            lines == [
                "PROVIDER STATE MODELS CAN DETAIL", "gigachat ok 2 chat,embeddings token for 1700 s",
                "mistral fails - chat transport: refused", "MODEL OWNER CAN ASKED FOR",
                "gigachat/GigaChat-2 sber chat generation,chat", lines.last ?? "",
            ])
        #expect(lines.last?.hasSuffix("- embeddings -") == true)
    }

    @Test("The account's figures stand below, or why they are missing")
    func account() throws {
        var account = ModelsCommand.Account()
        account.balance = .success([GigaChatAccount.Balance(usage: "GigaChat-2", left: 50_000)])
        account.count = .failure(ModelFailure(.auth, "401"))
        let page = ModelReportText.page(Self.report, account)
        #expect(page.contains("GigaChat-2  50000") && page.contains("not told: auth: 401"))
        let line = try JSONParser().parse(ModelReportText.line(Self.report, account))
        #expect(line["balance"] == [["usage": "GigaChat-2", "value": 50_000.0]])
        #expect(line["count"] == ["class": "auth", "detail": "401"])
        #expect(line["failures"]?["mistral"]?["class"] == "transport")
        #expect(try JSONParser().parse(ModelReportText.line(Self.report, ModelsCommand.Account()))["balance"] == nil)
    }
}
