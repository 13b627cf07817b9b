import HTTP
import JSON
import Prompts

/// What the work is done on. It stands here and not in the files that the service reads, so that a better word in one
/// of those does not look like slower code.
enum Samples {
    /// A submission with the table that `make bench` sends.
    static let body = Array(
        #"""
        {"query_text":"Посчитай сумму и среднее по столбцу B, добавь строку с итогом","category":"analysis",\#
        "input_range":"A1:C6","output_range":"E1","input_data":[["Товар","Сумма","Дата"],["Чай",120,"2025-01-03"],\#
        ["Кофе",250.5,"2025-01-04"],["Сахар",75,"2025-01-05"],["Лимон",32.25,"2025-01-06"],\#
        ["Печенье",140,"2025-01-07"]]}
        """#.utf8)

    /// As a browser's plugin sends it.
    static let request = head("POST", "/api/ai/process", ["Content-Length: \(body.count)"])

    /// Those of the service that stand for the others: literal ones, and with one name and with two.
    static let patterns = [
        "/livez", "/readyz", "/api/health", "/api/ping", "/metrics", "/api/metrics", "/api/ai/process",
        "/api/ai/status/{request_id}", "/api/ai/result/{request_id}", "/api/ai/requests/{request_id}",
        "/api/prompts/presets", "/api/prompts/categories", "/api/prompts/categories/{id}", "/v1/models/{model}",
        "/v1/models/{provider}/{model}",
    ]

    /// One request of each kind.
    static let heads: [RequestHead] = [
        "/api/ai/process", "/api/ai/status/0190a5b4-c3d2-7e1f-8123-456789abcdef", "/v1/models/gigachat/GigaChat-2",
        "/nowhere",
    ].map { target in
        var parser = RequestParser()
        let result = head("GET", target, []).withUnsafeBytes { parser.parse($0) }
        guard case .complete(let head, _) = result else { preconditionFailure("the sample is a request") }
        return head
    }

    private static func head(_ method: String, _ target: String, _ fields: [String]) -> [UInt8] {
        let usual = [
            "Host: 127.0.0.1:8000", "Content-Type: application/json", "Accept: */*",
            "Accept-Encoding: gzip, deflate, br",
            "Accept-Language: ru-RU,ru;q=0.9,en;q=0.8", "Origin: https://office.example.ru", "Connection: keep-alive",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)",
        ]
        let lines = ["\(method) \(target) HTTP/1.1"] + usual + fields
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// A task with a table of 60 rows.
    static let task = PromptTask(
        text: "Посчитай сумму и среднее по столбцу «Сумма» и добавь строку с итогом",
        source: SourceTable(
            rows: [[.string("Товар"), .string("Сумма"), .string("Дата")]]
                + (1...60).map { row in
                    [.string("Товар \(row)"), .integer(row * 17 % 400), .string("2025-01-\(row % 28 + 1)")]
                }),
        sourceRange: "Лист1!A1:C61", outputRange: "E1", date: day)

    private static let day: CalendarDay = {
        guard let day = CalendarDay(year: 2026, month: 11, day: 28) else { preconditionFailure("there is such a day") }
        return day
    }()

    /// Rules and worked examples, about as long as those of the service.
    static let systemPrompt = SystemPrompt(
        prompt: String(repeating: "Отвечай только таблицей в JSON: массив строк, строка — массив ячеек. ", count: 12),
        examples: (1...12).map { number in
            PromptExample(
                request: "Задача:\nНайди в столбце \(number) строки со значением больше \(number * 100)",
                response: #"[["Товар","Сумма"],["Чай",\#(number * 100 + 1)]]"#)
        })

    /// What models answer: a fenced table between words, objects in sloppy JSON, a Markdown table, and words alone.
    static let answers: [String] = [
        "Вот таблица:\n```json\n[[\"Товар\",\"Сумма\"],"
            + (1...40).map { "[\"Товар \($0)\",\($0 * 10)]" }.joined(separator: ",") + "]\n```\nГотово.",
        "{'rows': [{'Товар': 'Чай', 'Сумма': 120.5}, {'Товар': 'Кофе', 'Сумма': NaN,},]}",
        "| Товар | Сумма |\n|---|---|\n| Чай | 120 |\n| Кофе | 250,5 |\n",
        "Сумма по столбцу равна 617,75, среднее 123,55.",
    ]

    /// A task that is simple enough for its result to be checked, and a wrong answer to it.
    static let checkedQuery = "Посчитай среднее по столбцу «Сумма»"
    static let checkedAnswer: [[JSONValue]] = [
        [.string("Показатель"), .string("Результат")], [.string("Среднее"), 1.25],
    ]
}
