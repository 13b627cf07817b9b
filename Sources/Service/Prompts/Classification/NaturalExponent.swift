/// The natural logarithm and its inverse, to about 1 part in 10¹²: the product reaches no C library, and a
/// classifier needs no more.
enum NaturalExponent {
    private static let ln2 = 0.693_147_180_559_945_3

    /// The logarithm of a positive finite number.
    static func logarithm(_ number: Double) -> Double {
        // number = significand · 2^exponent with a significand in 1..<2, whose logarithm is 2·artanh of this.
        let ratio = (number.significand - 1) / (number.significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        for divisor in stride(from: 25.0, through: 1, by: -2) { sum = sum * square + 1 / divisor }
        return Double(number.exponent) * ln2 + 2 * ratio * sum
    }

    /// `e` to a power; 0 below the smallest double, infinite above the greatest.
    static func power(_ exponent: Double) -> Double {
        guard exponent > -700 else { return 0 }
        guard exponent < 700 else { return .infinity }
        let whole = (exponent / ln2).rounded()
        let rest = exponent - whole * ln2
        var sum = 1.0
        for divisor in stride(from: 14.0, through: 1, by: -1) { sum = 1 + sum * rest / divisor }
        return Double(sign: .plus, exponent: Int(whole), significand: sum)
    }
}
