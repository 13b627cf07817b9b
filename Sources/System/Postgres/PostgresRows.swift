import CLibpq

/// The answer to one statement.
public final class PostgresRows: @unchecked Sendable {
    // Safety: a PGresult is never changed after libpq has handed it over; it is freed once, in deinit.
    private let result: OpaquePointer

    /// Takes over a `PGresult`.
    init(_ result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// Number of rows returned.
    public var count: Int { Int(PQntuples(result)) }

    /// Rows touched by INSERT, UPDATE or DELETE; 0 for other statements.
    public var affected: Int {
        guard let text = PQcmdTuples(result) else { return 0 }
        return Int(String(cString: text)) ?? 0
    }

    /// Row `index`, from 0 to `count` − 1.
    public subscript(index: Int) -> PostgresRow {
        precondition(index >= 0 && index < count, "row \(index) of \(count)")
        return PostgresRow(rows: self, index: Int32(index))
    }

    /// The first row, if there is one.
    public var first: PostgresRow? { count > 0 ? self[0] : nil }

    /// Every row in turn.
    public func map<Value>(_ transform: (PostgresRow) -> Value) -> [Value] {
        (0..<count).map { transform(self[$0]) }
    }

    func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
        precondition(column < PQnfields(result), "column \(column) of \(PQnfields(result))")
        guard PQgetisnull(result, row, column) == 0, let value = PQgetvalue(result, row, column) else { return nil }
        return UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result, row, column)))
    }
}

/// One row; columns by position as the statement lists them. Accessors give nil for NULL.
public struct PostgresRow: Sendable {
    let rows: PostgresRows
    let index: Int32

    /// The column's text.
    public func string(_ column: Int) -> String? {
        rows.bytes(index, Int32(column)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The column's UTF-8 bytes, for values that are parsed further.
    public func utf8(_ column: Int) -> [UInt8]? {
        rows.bytes(index, Int32(column)).map(Array.init)
    }

    /// A whole number; nil also when the text is none.
    public func integer(_ column: Int) -> Int64? {
        rows.bytes(index, Int32(column)).flatMap { Self.wholeNumber($0) }
    }

    /// A floating-point number; nil also when the text is none.
    public func double(_ column: Int) -> Double? {
        string(column).flatMap { Double($0) }
    }

    /// An array of whole numbers in one dimension; nil also when the text is none, or has NULLs.
    public func integers(_ column: Int) -> [Int64]? {
        guard let text = rows.bytes(index, Int32(column)), text.count >= 2, text.first == 0x7B, text.last == 0x7D else {
            return nil
        }
        let elements = UnsafeRawBufferPointer(rebasing: text.dropFirst().dropLast())
        return elements.isEmpty ? [] : Self.wholeNumbers(elements)
    }

    /// Numbers with commas between them, such as `1,-2`: thousands of them are read at a time, so no text is made of
    /// each.
    private static func wholeNumbers(_ text: UnsafeRawBufferPointer) -> [Int64]? {
        var numbers: [Int64] = []
        var start = 0
        while true {
            let end = text[start...].firstIndex(of: 0x2C) ?? text.count
            guard let number = wholeNumber(UnsafeRawBufferPointer(rebasing: text[start..<end])) else { return nil }
            numbers.append(number)
            guard end < text.count else { return numbers }
            start = end + 1
        }
    }

    /// Digits, with a minus before them where there is one.
    private static func wholeNumber(_ text: UnsafeRawBufferPointer) -> Int64? {
        let isNegative = text.first == 0x2D
        let digits = text.dropFirst(isNegative ? 1 : 0)
        guard !digits.isEmpty else { return nil }
        var number: Int64 = 0
        for byte in digits {
            guard case 0x30...0x39 = byte else { return nil }
            let digit = Int64(byte - 0x30)
            let (tens, isTooBig) = number.multipliedReportingOverflow(by: 10)
            let (next, isBeyond) = tens.addingReportingOverflow(isNegative ? -digit : digit)
            guard !isTooBig, !isBeyond else { return nil }
            number = next
        }
        return number
    }

    /// A boolean.
    public func bool(_ column: Int) -> Bool? {
        rows.bytes(index, Int32(column)).map { $0.first == 0x74 }
    }
}
