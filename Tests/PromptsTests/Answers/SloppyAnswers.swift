import Prompts

/// Answers that are nearly JSON.
let sloppyAnswers: [AnswerCase] = [
    AnswerCase("trailing commas", "[[1,2,],[3,4,],]", table: "[[1,2],[3,4]]"),
    AnswerCase("trailing comma in an object", #"[{"a":1,},]"#, table: #"[["a"],[1]]"#),
    AnswerCase("missing value", "[[1,,3]]", table: "[[1,null,3]]"),
    AnswerCase("missing comma between rows", "[[1,2]\n[3,4]]", table: "[[1,2],[3,4]]"),
    AnswerCase("missing comma between lines of cells", "[[\"a\"\n\"b\"]]", table: #"[["a","b"]]"#),
    AnswerCase("single quotes", "[['a','б'],['c',1]]", table: #"[["a","б"],["c",1]]"#),
    AnswerCase("apostrophe in single quotes", "[['Joe's bar','it's']]", table: #"[["Joe's bar","it's"]]"#),
    AnswerCase("curly quotes", "[[“Имя”, “Анна”]]", table: #"[["Имя","Анна"]]"#),
    AnswerCase("low and curly quotes", "[[„Имя“, „Анна“]]", table: #"[["Имя","Анна"]]"#),
    AnswerCase("guillemets", "[[«Имя», «ООО «Вега»»]]", table: #"[["Имя","ООО «Вега»"]]"#),
    AnswerCase("single curly quotes", "[[‘a’, ‘b’]]", table: #"[["a","b"]]"#),
    AnswerCase("inner quotes", #"[["ООО "Ромашка"",1],["б",2]]"#, table: #"[["ООО \"Ромашка\"",1],["б",2]]"#),
    AnswerCase("inner quotes and a comma", #"[["ООО "Вега", Москва",1]]"#, table: #"[["ООО \"Вега\", Москва",1]]"#),
    AnswerCase(
        "inner quotes in an object", #"[{"a":"кафе "Лето"","b":1}]"#, table: #"[["a","b"],["кафе \"Лето\"",1]]"#),
    AnswerCase("NaN and infinity", "[[NaN,Infinity,-Infinity,nan]]", table: "[[null,null,null,null]]"),
    AnswerCase(
        "NaN in an object, fenced", "```json\n[{\"a\": NaN, \"b\": 1}]\n```", table: #"[["a","b"],[null,1]]"#),
    AnswerCase("Python words", "[['a',None,True,False]]", table: #"[["a",null,true,false]]"#),
    AnswerCase("undefined", "[[undefined,NULL,TRUE]]", table: "[[null,null,true]]"),
    AnswerCase("Python tuples", "[('a',1),('b',2)]", table: #"[["a",1],["b",2]]"#),
    AnswerCase("keys without quotes", "[{имя: 'Анна', age: 31}]", table: #"[["имя","age"],["Анна",31]]"#),
    AnswerCase("line comments", "[[1,2], // первая\n[3,4] // вторая\n]", table: "[[1,2],[3,4]]"),
    AnswerCase("block comments", "[/* шапка */[1,2],/* x */[3,4]]", table: "[[1,2],[3,4]]"),
    AnswerCase("comment after a string", "[[\"a\" // имя\n,1]]", table: #"[["a",1]]"#),
    AnswerCase("hash comments", "[[1,2], # первая\n[3,4]]", table: "[[1,2],[3,4]]"),
    AnswerCase("line end in a string", "[[\"a\nb\",1]]", table: #"[["a\nb",1]]"#),
    AnswerCase("tab in a string", "[[\"a\tb\"]]", table: #"[["a\tb"]]"#),
    AnswerCase("Windows path", #"[["C:\Users\Анна",1]]"#, table: #"[["C:\\Users\\Анна",1]]"#),
    AnswerCase("escaped Markdown signs", #"[["a\_b\*"]]"#, table: #"[["a_b*"]]"#),
    AnswerCase("escapes", #"[["\u0410\ud83d\ude00\n\"\/"]]"#, table: #"[["А😀\n\"/"]]"#),
    AnswerCase("lone surrogate", #"[["\ud83dx"]]"#, table: "[[\"\u{FFFD}x\"]]"),
    AnswerCase("plus sign and bare points", "[[+5,.5,5.,-.5]]", table: "[[5,0.5,5,-0.5]]"),
    AnswerCase("codes stay text", "[[007,12.03.2024,10 %,1 000]]", table: #"[["007","12.03.2024","10 %","1 000"]]"#),
    AnswerCase("formula without quotes", "[[=SUM(A1,B2),=C1]]", table: #"[["=SUM(A1,B2)","=C1"]]"#),
    AnswerCase(
        "formula with quotes that are not escaped", #"[["=ЕСЛИ(A1="да";"есть";"нет")",1],["б",2]]"#,
        table: #"[["=ЕСЛИ(A1=\"да\";\"есть\";\"нет\")",1],["б",2]]"#),
    AnswerCase(
        "formulas with quotes that are not escaped, of all kinds",
        #"Вот: [["a",1],["=IF(A1="";"нет, пусто";A1&" "" шт.")",2],["=A1&" руб."",3],["=SUM(A1:B2)",4]]"#,
        table:
            #"[["a",1],["=IF(A1=\"\";\"нет, пусто\";A1&\" \"\" шт.\")",2],["=A1&\" руб.\"",3],["=SUM(A1:B2)",4]]"#),
    AnswerCase(
        "ellipsis between rows", "[[1,2], ..., [9,10]]", table: "[[1,2],[9,10]]", notes: [.rowsOmittedByModel]),
    AnswerCase("value missing after a key", #"[{"a":,"b":2}]"#, table: #"[["a","b"],[null,2]]"#),
]
