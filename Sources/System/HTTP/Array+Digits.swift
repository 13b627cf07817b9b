extension Array where Element == UInt8 {
    /// Appends a number that is not negative, in decimal.
    mutating func append(decimal number: Int) {
        append(UInt(number), radix: 10)
    }

    /// Appends a number that is not negative, in lower-case hexadecimal.
    mutating func append(hexadecimal number: Int) {
        append(UInt(number), radix: 16)
    }

    /// Appends a number with leading zeros up to `width` digits.
    mutating func append(decimal number: Int, width: Int) {
        var divisor = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            append(.zero + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }

    private mutating func append(_ number: UInt, radix: UInt) {
        var divisor: UInt = 1
        while number / divisor >= radix { divisor *= radix }
        while divisor > 0 {
            let digit = UInt8(number / divisor % radix)
            append(digit < 10 ? .zero + digit : UInt8(ascii: "a") + digit - 10)
            divisor /= radix
        }
    }
}
