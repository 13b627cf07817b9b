import JSON

extension JSONDecimal {
    /// How many digits the number has when it is written out without an exponent, zeros included: 1 for `5e0`,
    /// 101 for `1e100` and `1e-100`. `Int.max` when the exponent is beyond all bounds.
    ///
    /// PostgreSQL's `numeric`, and so `jsonb`, writes every number out: seven bytes can become a hundred thousand.
    var plainDigitCount: Int {
        var whole = 0
        var fraction = 0
        var isFraction = false
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): break
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                let digits = String(decoding: Array(IteratorSequence(bytes)), as: UTF8.self)
                guard let exponent = Int32(digits) else { return .max }
                return max(whole + Int(exponent), 1) + max(fraction - Int(exponent), 0)
            default:
                if isFraction { fraction += 1 } else { whole += 1 }
            }
        }
        return whole + fraction
    }
}
