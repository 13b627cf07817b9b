import Prompts

extension InputFault {
    /// Translates a fault of the table.
    init(_ fault: SourceTableError.Fault) {
        let steps = fault.location.map { step in
            switch step {
            case .index(let index): String(index)
            case .key(let key): key
            }
        }
        let location = ["input_data"] + steps
        switch fault.expected {
        case .rows: self.init(location, .wrongType, "must be an array of rows or null, not \(fault.found)")
        case .row: self.init(location, .wrongType, "must be an array or an object, not \(fault.found)")
        case .arrayLikeFirstRow:
            self.init(location, .wrongType, "must be an array like the first row, not \(fault.found)")
        case .objectLikeFirstRow:
            self.init(location, .wrongType, "must be an object like the first row, not \(fault.found)")
        case .scalar:
            self.init(location, .wrongType, "must be a string, number, boolean or null, not \(fault.found)")
        case .rowsAtMost(let limit): self.init(location, .tooLarge, "must have at most \(limit) rows")
        case .columnsAtMost(let limit): self.init(location, .tooLarge, "must have at most \(limit) columns")
        case .cellsAtMost(let limit): self.init(location, .tooLarge, "must have at most \(limit) cells")
        }
    }
}
