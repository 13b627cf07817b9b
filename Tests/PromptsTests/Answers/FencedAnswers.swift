import Prompts

/// Answers in code blocks, and answers with prose around them.
let fencedAnswers: [AnswerCase] = [
    AnswerCase("bare array of arrays", #"[["a",1],["b",2]]"#, table: #"[["a",1],["b",2]]"#),
    AnswerCase(
        "pretty-printed",
        """
        [
          ["Имя", "Возраст"],
          ["Анна", 31]
        ]
        """, table: #"[["Имя","Возраст"],["Анна",31]]"#),
    AnswerCase("fence with json", "```json\n[[1,2]]\n```", table: "[[1,2]]"),
    AnswerCase("fence without a language", "```\n[[1,2]]\n```", table: "[[1,2]]"),
    AnswerCase("fence with JSON in capitals", "```JSON\n[[1,2]]\n```", table: "[[1,2]]"),
    AnswerCase("fence of tildes", "~~~json\n[[1,2]]\n~~~", table: "[[1,2]]"),
    AnswerCase("fence in one line", "Ответ: ```json [[1,2]] ```", table: "[[1,2]]"),
    AnswerCase("fence glued to the bracket", "```json[[1,2]]```", table: "[[1,2]]"),
    AnswerCase("open fence", "```json\n[[1,2],[3,4]]", table: "[[1,2],[3,4]]"),
    AnswerCase("CRLF line ends", "```json\r\n[[1,2],\r\n[3,4]]\r\n```\r\n", table: "[[1,2],[3,4]]"),
    AnswerCase(
        "prose before and after the fence",
        "Вот таблица:\n```json\n[[\"a\",1]]\n```\nЕсли нужно, дополню.", table: #"[["a",1]]"#),
    AnswerCase("prose before", #"Конечно! Вот результат: [["a",1],["b",2]]"#, table: #"[["a",1],["b",2]]"#),
    AnswerCase("prose after", "[[\"a\",1],[\"b\",2]]\n\nНадеюсь, это поможет!", table: #"[["a",1],["b",2]]"#),
    AnswerCase("stray bracket before", #"См. [раздел 2 документа. [["a",1]]"#, table: #"[["a",1]]"#),
    AnswerCase("stray brackets on both sides", #"[см. ниже] [["a",1]] [конец]"#, table: #"[["a",1]]"#),
    AnswerCase("stray closing brackets", #"]] } [["a",1]]]]"#, table: #"[["a",1]]"#),
    AnswerCase("stray braces", #"Для {каждой} строки { получилось [["a",1]]"#, table: #"[["a",1]]"#),
    AnswerCase("footnotes around", #"По данным [1] и [2]: [["a",1]] [3]"#, table: #"[["a",1]]"#),
    AnswerCase("Markdown link before", #"[Справка](https://example.ru) [["a",1]]"#, table: #"[["a",1]]"#),
    AnswerCase("unclosed quote before", #"Столбец ["Имя пуст. Итог: [["a",1]]"#, table: #"[["a",1]]"#),
    AnswerCase("emoji and bold label", "✅ **Готово:** [[\"a\",1]]", table: #"[["a",1]]"#),
    AnswerCase("thoughts before", "<think>Может, [[0,0]]? Нет.</think>\n[[1,2]]", table: "[[1,2]]"),
    AnswerCase("byte order mark", "\u{FEFF}[[1,2]]", table: "[[1,2]]"),
    AnswerCase("no-break spaces", "[\u{A0}[1,\u{A0}2],\u{202F}[3,4]]", table: "[[1,2],[3,4]]"),
    AnswerCase(
        "several tables: the last one is the result",
        "Было: [[1,2],[3,4]]. Стало: [[5,6],[7,8]].", table: "[[5,6],[7,8]]", notes: [.severalTables]),
    AnswerCase(
        "several tables: the code block wins",
        "```json\n[[1,2],[3,4]]\n```\nБыло [[5,6],[7,8]].", table: "[[1,2],[3,4]]", notes: [.severalTables]),
    AnswerCase(
        "several tables: an example of one row loses",
        "[[1,2],[3,4]]\nНапример, строка [[1,2]].", table: "[[1,2],[3,4]]", notes: [.severalTables]),
    AnswerCase(
        "program text around data loses to data",
        "```python\nx = [[0, 0]]\n```\n```json\n[[1,2]]\n```", table: "[[1,2]]", notes: [.severalTables]),
    AnswerCase("escaped once more", #"[[\"a\", 1], [\"b\", 2]]"#, table: #"[["a",1],["b",2]]"#),
    AnswerCase("as a JSON string", #""[[\"a\", 1]]""#, table: #"[["a",1]]"#),
]
