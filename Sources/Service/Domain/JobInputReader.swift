public import JSON
import Prompts

/// Turns what a client sent into a checked `JobInput`, or into every fault found. HTTP and the queue name the
/// query's field differently and agree in everything else.
public struct JobInputReader: Sendable {
    private let queryField: String

    /// A reader for objects whose query stands under `queryField`.
    public init(queryField: String) {
        self.queryField = queryField
    }

    /// Reads an object; unknown fields are ignored.
    public func read(_ object: JSONObject) -> Result<JobInput, InputFaults> {
        var faults = InputFaults()
        let query = faults.collect { () throws(InputFaults) in try self.query(object) }
        let inputRange = faults.collect { () throws(InputFaults) in try range(object, "input_range") }
        let outputRange = faults.collect { () throws(InputFaults) in try range(object, "output_range") }
        let category = faults.collect { () throws(InputFaults) in try self.category(object) }
        let priority = faults.collect { () throws(InputFaults) in try self.priority(object) }
        let data = faults.collect { () throws(InputFaults) in try self.data(object) }
        guard faults.list.isEmpty, let query, let priority else { return .failure(faults) }
        return .success(
            JobInput(
                query: query, inputRange: inputRange ?? nil, category: category ?? nil, data: data ?? nil,
                outputRange: outputRange ?? nil, priority: priority))
    }

    private func query(_ object: JSONObject) throws(InputFaults) -> String {
        guard let value = object[queryField] else {
            throw InputFaults([queryField], .missing, "field required")
        }
        let text = try string(value, queryField)
        guard text.unicodeScalars.contains(where: { !$0.isBlank }) else {
            throw InputFaults([queryField], .tooShort, "must not be empty")
        }
        try check(text, queryField, atMost: JobInput.maximumQueryLength)
        return text
    }

    private func range(_ object: JSONObject, _ field: String) throws(InputFaults) -> String? {
        guard let value = object[field], !value.isNull else { return nil }
        let text = try string(value, field)
        try check(text, field, atMost: JobInput.maximumRangeLength)
        return text.isEmpty ? nil : text
    }

    /// A name that cannot be a category's is as good as none: the job is classified.
    private func category(_ object: JSONObject) throws(InputFaults) -> String? {
        guard let value = object["category"], !value.isNull else { return nil }
        let text = try string(value, "category")
        let isName = !text.isEmpty && text.unicodeScalars.count <= JobInput.maximumRangeLength && !text.containsNUL
        return isName ? text : nil
    }

    private func priority(_ object: JSONObject) throws(InputFaults) -> JobPriority {
        guard let value = object["priority"], !value.isNull else { return .normal }
        guard let number = value.intValue else {
            throw InputFaults(["priority"], .wrongType, "must be an integer, not \(value.kindName)")
        }
        guard let priority = JobPriority(number) else {
            throw InputFaults(["priority"], .outOfRange, "must be from 0 to 10")
        }
        return priority
    }

    /// Both forms become rows of cells; the keys of objects become the first row.
    private func data(_ object: JSONObject) throws(InputFaults) -> JSONText? {
        guard let value = object["input_data"], !value.isNull else { return nil }
        let table: SourceTable
        do throws(SourceTableError) {
            table = try SourceTable(inputData: value)
        } catch {
            throw InputFaults(list: error.faults.map(InputFault.init))
        }
        var rows: [JSONValue] = table.rows.map(JSONValue.array)
        if let header = table.header { rows.insert(.array(header.map(JSONValue.string)), at: 0) }
        try checkCells(table)
        return JSONText(.array(rows))
    }

    /// Finds what PostgreSQL could not store, at most as many faults as a client may want to read at once.
    private func checkCells(_ table: SourceTable) throws(InputFaults) {
        var faults: [InputFault] = []
        if let header = table.header, header.contains(where: { $0.containsNUL }) {
            faults.append(InputFault(["input_data"], .nulCharacter, "a key holds the NUL character"))
        }
        search: for (row, cells) in table.rows.enumerated() {
            for (column, cell) in cells.enumerated() {
                guard faults.count < SourceTableError.maximumFaults else { break search }
                let place = { ["input_data", String(row), table.header?[column] ?? String(column)] }
                if let fault = fault(of: cell, at: place) { faults.append(fault) }
            }
        }
        guard faults.isEmpty else { throw InputFaults(list: faults) }
    }

    private func fault(of cell: JSONValue, at place: () -> [String]) -> InputFault? {
        switch cell {
        case .string(let text) where text.containsNUL:
            InputFault(place(), .nulCharacter, "must not hold the NUL character")
        case .decimal(let number): fault(of: number, at: place)
        default: nil
        }
    }

    private func fault(of number: JSONDecimal, at place: () -> [String]) -> InputFault? {
        let digits = number.plainDigitCount
        // A number with so few digits is a finite double, whatever they are.
        if digits <= 300 { return nil }
        guard digits <= JobInput.maximumNumberDigits else {
            return InputFault(
                place(), .outOfRange,
                "must have at most \(JobInput.maximumNumberDigits) digits when written without an exponent")
        }
        return number.doubleValue.isFinite ? nil : InputFault(place(), .outOfRange, "the number is too large")
    }

    private func string(_ value: JSONValue, _ field: String) throws(InputFaults) -> String {
        guard case .string(let text) = value else {
            throw InputFaults([field], .wrongType, "must be a string, not \(value.kindName)")
        }
        return text
    }

    private func check(_ text: String, _ field: String, atMost limit: Int) throws(InputFaults) {
        if text.containsNUL { throw InputFaults([field], .nulCharacter, "must not hold the NUL character") }
        if text.utf8.count > limit, text.unicodeScalars.count > limit {
            throw InputFaults([field], .tooLong, "must be at most \(limit) characters long")
        }
    }
}
