import Domain
import JSON
import Testing

/// Reads JSON text as the body of a POST.
func read(_ body: String) throws -> Result<JobInput, InputFaults> {
    let value = try JSONParser().parse(body)
    return JobInputReader(queryField: "query_text").read(try #require(value.objectValue))
}

/// The input that a body is read as; a test failure when it is refused.
func accepted(_ body: String, at location: SourceLocation = #_sourceLocation) throws -> JobInput {
    switch try read(body) {
    case .success(let input): return input
    case .failure(let faults):
        Issue.record("refused: \(faults.summary)", sourceLocation: location)
        throw faults
    }
}

/// Place and kind of every fault of a body, as `input_data.0.1 type_error`; empty when it is accepted.
func faults(_ body: String) throws -> [String] {
    switch try read(body) {
    case .success: []
    case .failure(let faults): faults.list.map { "\($0.location.joined(separator: ".")) \($0.kind.rawValue)" }
    }
}

/// A body with a query and one more field.
func body(_ field: String, _ json: String) -> String {
    #"{"query_text":"x","\#(field)":\#(json)}"#
}

/// A body with a query and a table of one cell.
func body(cell: String) -> String {
    body("input_data", "[[\(cell)]]")
}

/// A JSON string of so many times the same character.
func json(_ character: String, times count: Int) -> String {
    "\"" + String(repeating: character, count: count) + "\""
}
