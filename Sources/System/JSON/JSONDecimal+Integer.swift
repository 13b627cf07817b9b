extension JSONDecimal {
    /// The exact value, if the number is a whole one that fits `Int`: 2 for `2.0`, 150 for `1.5e2`.
    public var intValue: Int? {
        var mantissa = Mantissa()
        var bytes = text.utf8.makeIterator()
        while let byte = bytes.next() {
            switch byte {
            case UInt8(ascii: "-"): mantissa.isNegative = true
            case UInt8(ascii: "."): mantissa.isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"):
                guard let exponent = Int(String(decoding: Array(IteratorSequence(bytes)), as: UTF8.self)) else {
                    // Beyond `Int`, an exponent leaves nothing but zero whole.
                    return mantissa.value == 0 ? 0 : nil
                }
                return mantissa.integer(exponent: exponent)
            default:
                guard mantissa.append(Int(byte) - 0x30) else { return nil }
            }
        }
        return mantissa.integer(exponent: 0)
    }

    /// The digits before the exponent without their trailing zeros; the number is `value * 10^scale`.
    private struct Mantissa {
        /// Carries the sign, so that `Int.min` fits.
        var value = 0
        var scale = 0
        var isNegative = false
        var isFraction = false
        private var pendingZeros = 0

        mutating func append(_ digit: Int) -> Bool {
            if isFraction { scale -= 1 }
            guard digit != 0 else {
                pendingZeros += 1
                return true
            }
            guard value == 0 || shift(by: pendingZeros + 1) else { return false }
            pendingZeros = 0
            let (sum, overflow) = value.addingReportingOverflow(isNegative ? -digit : digit)
            value = sum
            return !overflow
        }

        private mutating func shift(by places: Int) -> Bool {
            guard places <= 18 else { return false }
            for _ in 0..<places {
                let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                guard !overflow else { return false }
                value = product
            }
            return true
        }

        mutating func integer(exponent: Int) -> Int? {
            guard value != 0 else { return 0 }
            let (places, overflow) = exponent.addingReportingOverflow(scale + pendingZeros)
            guard !overflow, places >= 0, shift(by: places) else { return nil }
            return value
        }
    }
}
