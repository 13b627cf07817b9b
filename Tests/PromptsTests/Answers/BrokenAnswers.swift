import Prompts

/// Answers that stop early, and answers with nothing to read.
let brokenAnswers: [AnswerCase] = [
    AnswerCase("cut in a row", #"[["a",1],["b",2],["c""#, table: #"[["a",1],["b",2]]"#, notes: [.cutOff]),
    AnswerCase("cut in a string", #"[["a",1],["b",2],["незавер"#, table: #"[["a",1],["b",2]]"#, notes: [.cutOff]),
    AnswerCase("cut in an escape", #"[["a",1],["b\"#, table: #"[["a",1]]"#, notes: [.cutOff]),
    AnswerCase("cut in a number", "[[1,2],[3,4", table: "[[1,2]]", notes: [.cutOff]),
    AnswerCase("cut after a row", "[[1,2],[3,4],", table: "[[1,2],[3,4]]", notes: [.cutOff]),
    AnswerCase("cut in a fence", "```json\n[[1,2],[3", table: "[[1,2]]", notes: [.cutOff]),
    AnswerCase(
        "outer bracket missing before the fence ends", "```json\n[[1,2],[3,4]\n```", table: "[[1,2],[3,4]]",
        notes: [.cutOff]),
    AnswerCase(
        "outer bracket missing before prose", "[[1,2],[3,4]\n\nГотово!", table: "[[1,2],[3,4]]",
        notes: [.cutOff]),
    AnswerCase("cut between objects", #"[{"a":1,"b":2},{"a":3,"#, table: #"[["a","b"],[1,2]]"#, notes: [.cutOff]),
    AnswerCase("cut in a wrapper", #"{"rows":[[1,2],[3"#, table: "[[1,2]]", notes: [.cutOff]),
    AnswerCase("cut in a wrapper of a wrapper", #"{"result":{"data":[[1,2],[3"#, table: "[[1,2]]", notes: [.cutOff]),
    AnswerCase(
        "cut after the rows", #"{"columns":["a","b"],"rows":[[1,2]],"message":"Гот"#, table: #"[["a","b"],[1,2]]"#,
        notes: [.cutOff]),
    AnswerCase("cut with needless brackets", "[[[1,2],[3,4],[5", table: "[[1,2],[3,4]]", notes: [.cutOff]),
    AnswerCase("cut in a run of lines", "[1,2]\n[3,4]\n[5", table: "[[1,2],[3,4]]", notes: [.cutOff]),
    AnswerCase("damaged in the middle", "[[1,2],[3,4],[5,шесть],[7,8]]", table: "[[1,2],[3,4]]", notes: [.cutOff]),
    AnswerCase("cut in the first row", #"[["a",1"#, unreadable: .cutOff),
    AnswerCase("cut in a flat array", #"["a","b","#, unreadable: .cutOff),
    AnswerCase("cut in a record", #"{"Имя":"Анна","Возр"#, unreadable: .cutOff),
    AnswerCase("cut in a record with a list", #"{"Имя":"Анна","Теги":["x","y"],"Го"#, unreadable: .cutOff),
    AnswerCase("cut in a record with a list, fenced", "```\n{\"a\":1,\"b\":[\"x\",\"y\"],\"c", unreadable: .cutOff),
    AnswerCase("header without quotes", "```json\n[[Имя, Город],\n[\"Анна\",\"Омск\"]]\n```", unreadable: .malformed),
    AnswerCase("cut at the first bracket", "```json\n[", unreadable: .cutOff),
    AnswerCase("cells without quotes", "[[Имя, Возраст]]", unreadable: .malformed),
    AnswerCase("too deep", String(repeating: "[", count: 200), unreadable: .malformed),
    AnswerCase("empty", "", unreadable: .empty),
    AnswerCase("blank", " \n\t ", unreadable: .empty),
    AnswerCase("empty fence", "```json\n```", unreadable: .empty),
    AnswerCase("thoughts only", "<think>Посчитаю [[1", unreadable: .empty),
]

/// Answers in words, Markdown and delimited text.
let textAnswers: [AnswerCase] = [
    AnswerCase("words", "Уточните, пожалуйста, диапазон.", message: "Уточните, пожалуйста, диапазон."),
    AnswerCase("words with footnotes", "Рост 5 % [1], спад 2 % [2].", message: "Рост 5 % [1], спад 2 % [2]."),
    AnswerCase("words with brackets", "Выделите [A1:B2] и {Enter}.", message: "Выделите [A1:B2] и {Enter}."),
    AnswerCase("words with an inline list", "Строки [1, 2] пусты.", message: "Строки [1, 2] пусты."),
    AnswerCase("words with an empty list", "Список [] пуст.", message: "Список [] пуст."),
    AnswerCase("checkboxes", "- [ ] первое\n- [x] второе", message: "- [ ] первое\n- [x] второе"),
    AnswerCase("words with commas", "Да, это так.\nНет, не так.", message: "Да, это так.\nНет, не так."),
    AnswerCase("list with semicolons", "Нужно:\nпервое;\nвторое;", message: "Нужно:\nпервое;\nвторое;"),
    AnswerCase("words in a fence", "```text\nГотово.\n```", message: "Готово."),
    AnswerCase("lone formula", "=SUM(A1:A10)", table: #"[["=SUM(A1:A10)"]]"#),
    AnswerCase("formula in a fence", "```\n=A1+B1\n```", table: #"[["=A1+B1"]]"#),
    AnswerCase(
        "Markdown table", "Вот:\n\n| Имя | Возраст |\n|---|---:|\n| Анна | 31 |\n| Борис | |\n\nГотово.",
        table: #"[["Имя","Возраст"],["Анна",31],["Борис",null]]"#, notes: [.readFromMarkdown]),
    AnswerCase(
        "Markdown table without outer bars", "a | b\n--- | ---\n1 | 007", table: #"[["a","b"],[1,"007"]]"#,
        notes: [.readFromMarkdown]),
    AnswerCase(
        "Markdown table with bold and escaped bars", "| **a** | `b` |\n| --- | --- |\n| x \\| y | 1.5 |",
        table: #"[["a","b"],["x | y",1.5]]"#, notes: [.readFromMarkdown]),
    AnswerCase(
        "Markdown table, cut", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |  незав",
        table: #"[["a","b"],[1,2]]"#, notes: [.cutOff, .readFromMarkdown]),
    AnswerCase(
        "Markdown table in CRLF", "| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n", table: #"[["a","b"],[1,2]]"#,
        notes: [.readFromMarkdown]),
    AnswerCase(
        "CSV in a fence", "```csv\nИмя,Город\nАнна,\"Омск, центр\"\n```",
        table: #"[["Имя","Город"],["Анна","Омск, центр"]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "CSV with semicolons", "Имя;Возраст\nАнна;31\nБорис;25",
        table: #"[["Имя","Возраст"],["Анна",31],["Борис",25]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "tabs", "Имя\tВозраст\nАнна\t31\nБорис\t", table: #"[["Имя","Возраст"],["Анна",31],["Борис",null]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "CSV after prose", "Результат ниже\n\na,b,c\n1,2,3\n4,5,6", table: #"[["a","b","c"],[1,2,3],[4,5,6]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "CSV with doubled quotes", "```csv\na,b\n\"ООО \"\"Вега\"\"\",1\n```",
        table: #"[["a","b"],["ООО \"Вега\"",1]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "formula with quotes and semicolons, in CSV",
        "```csv\nИмя;Формула\nА;\"=ЕСЛИ(B2>0;\"\"да\"\";\"\"нет\"\")\"\nБ;=B3*2\n```",
        table: #"[["Имя","Формула"],["А","=ЕСЛИ(B2>0;\"да\";\"нет\")"],["Б","=B3*2"]]"#,
        notes: [.readFromDelimitedText]),
    AnswerCase(
        "CSV, cut", "```csv\na,b,c\n1,2,3\n4,5", table: #"[["a","b","c"],[1,2,3]]"#,
        notes: [.cutOff, .readFromDelimitedText]),
    AnswerCase(
        "JSON beats Markdown", "| a | b |\n|---|---|\n| 1 | 2 |\n\n[[5,6],[7,8]]", table: "[[5,6],[7,8]]"),
]
