import Prompts

/// Answers of every shape a table can have in JSON.
let shapedAnswers: [AnswerCase] = [
    AnswerCase("flat array is one row", #"["a",1,true]"#, table: #"[["a",1,true]]"#),
    AnswerCase("flat array after a label", "Итог: [10, 20, 30]", table: "[[10,20,30]]"),
    AnswerCase("flat array of one number", "[42]", table: "[[42]]"),
    AnswerCase(
        "array of objects",
        #"[{"Имя":"Анна","Возраст":31},{"Имя":"Борис","Возраст":25}]"#,
        table: #"[["Имя","Возраст"],["Анна",31],["Борис",25]]"#),
    AnswerCase(
        "objects with different keys",
        #"[{"a":1},{"b":2,"a":3},{"c":null}]"#,
        table: #"[["a","b","c"],[1,null,null],[3,2,null],[null,null,null]]"#),
    AnswerCase("single object", #"{"Имя":"Анна","Возраст":31}"#, table: #"[["Имя","Возраст"],["Анна",31]]"#),
    AnswerCase(
        "single object, fenced and chatty", "Итог:\n```json\n{\"Итого\": 42, \"Валюта\": \"руб.\"}\n```\nПроверьте.",
        table: #"[["Итого","Валюта"],[42,"руб."]]"#),
    AnswerCase("rows", #"{"rows":[[1,2],[3,4]]}"#, table: "[[1,2],[3,4]]"),
    AnswerCase("result", #"{"result":[[1,2]]}"#, table: "[[1,2]]"),
    AnswerCase("data", #"{"data":[[1,2]]}"#, table: "[[1,2]]"),
    AnswerCase("table", #"{"table":[[1,2]]}"#, table: "[[1,2]]"),
    AnswerCase("Russian wrapper", #"{"Результат":[[1,2]]}"#, table: "[[1,2]]"),
    AnswerCase("any other wrapper", #"{"сотрудники":[{"Имя":"Анна"}]}"#, table: #"[["Имя"],["Анна"]]"#),
    AnswerCase("wrapper in a wrapper", #"{"result":{"data":[[1,2]]}}"#, table: "[[1,2]]"),
    AnswerCase("wrapped flat array", #"{"success":true,"result":[1,2]}"#, table: "[[1,2]]"),
    AnswerCase("wrapped object", #"{"result":{"a":1}}"#, table: #"[["a"],[1]]"#),
    AnswerCase("wrapped number", #"{"result":42}"#, table: "[[42]]"),
    AnswerCase("wrapped formula", #"{"result":"=SUM(A1:A3)"}"#, table: #"[["=SUM(A1:A3)"]]"#),
    AnswerCase("wrapped words", #"{"result":"Данных нет."}"#, message: "Данных нет."),
    AnswerCase("wrapped JSON text", #"{"result":"[[\"a\",1]]"}"#, table: #"[["a",1]]"#),
    AnswerCase(
        "columns beside rows", #"{"columns":["a","b"],"rows":[[1,2],[3,4]]}"#,
        table: #"[["a","b"],[1,2],[3,4]]"#),
    AnswerCase(
        "columns that the rows repeat", #"{"headers":["a","b"],"data":[["a","b"],[1,2]]}"#,
        table: #"[["a","b"],[1,2]]"#),
    AnswerCase(
        "columns as objects", #"{"columns":[{"name":"a"},{"name":"b"}],"rows":[[1,2]]}"#,
        table: #"[["a","b"],[1,2]]"#),
    AnswerCase(
        "rows as objects around cells", #"{"header":{"values":["a"]},"rows":[{"values":[1]},{"values":[2]}]}"#,
        table: "[[1],[2]]"),
    AnswerCase(
        "message beside the table", #"{"result":[[1,2]],"message":"Готово"}"#, table: "[[1,2]]", message: "Готово"),
    AnswerCase("message only", #"{"message":"Уточните задачу."}"#, message: "Уточните задачу."),
    AnswerCase("no result and a message", #"{"result":null,"message":"Пусто"}"#, message: "Пусто"),
    AnswerCase(
        "table by columns", #"{"Имя":["Анна","Борис"],"Возраст":[31,25]}"#,
        table: #"[["Имя","Возраст"],["Анна",31],["Борис",25]]"#),
    AnswerCase("needless brackets", "[[[1,2],[3,4]]]", table: "[[1,2],[3,4]]"),
    AnswerCase("needless brackets around objects", #"[[{"a":1},{"a":2}]]"#, table: #"[["a"],[1],[2]]"#),
    AnswerCase("rows of different lengths", "[[1],[2,3]]", table: "[[1],[2,3]]"),
    AnswerCase("header as array, rows as objects", #"[["a"],{"a":1}]"#, table: #"[["a"],[1]]"#),
    AnswerCase("nested cell", #"[["a",[1,2]],["b",{"x":1}]]"#, table: #"[["a","[1,2]"],["b","{\"x\":1}"]]"#),
    AnswerCase("empty rows are dropped", "[[],[1],[]]", table: "[[1]]"),
    AnswerCase("empty array", "[]", table: "[]"),
    AnswerCase("empty object", "{}", table: "[]"),
    AnswerCase("empty table in a row", "[[]]", table: "[]"),
    AnswerCase("empty rows in a wrapper", #"{"rows":[]}"#, table: "[]"),
    AnswerCase("a row a line", "[\"a\",1]\n[\"b\",2]\n[\"c\",3]", table: #"[["a",1],["b",2],["c",3]]"#),
    AnswerCase("a row a line with commas", "[1,2],\n[3,4]", table: "[[1,2],[3,4]]"),
    AnswerCase("an object a line", "{\"a\":1}\n{\"a\":2}", table: #"[["a"],[1],[2]]"#),
    AnswerCase("cells keep their types", #"[["1",1,1.0,1.50,true,null]]"#, table: #"[["1",1,1.0,1.50,true,null]]"#),
    AnswerCase(
        "formulas are text", #"[["=A1+B1","=IF(A1<5,\"да\",\"нет\")"]]"#,
        table: #"[["=A1+B1","=IF(A1<5,\"да\",\"нет\")"]]"#),
    AnswerCase(
        "formula with quotes and semicolons", #"[["=ЕСЛИ(A1>0;\"да; конечно\";\"нет\")",1]]"#,
        table: #"[["=ЕСЛИ(A1>0;\"да; конечно\";\"нет\")",1]]"#),
    AnswerCase("long number", "[[12345678901234567890,1e400]]", table: "[[12345678901234567890,1e400]]"),
]
