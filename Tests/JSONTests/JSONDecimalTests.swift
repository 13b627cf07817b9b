import JSON
import Testing

@Suite("A decimal")
struct JSONDecimalTests {
    @Test(
        "is written back exactly as it came",
        arguments: ["0.10", "12345678901234567890", "1E+05", "-0", "-0.0", "1e9999"])
    func exactText(text: String) throws {
        #expect(try JSONParser().parse("[\(text)]").description == "[\(text)]")
    }

    @Test(
        "is an integer where it is whole and fits",
        arguments: [
            ("2.0", 2), ("-2.00", -2), ("1e2", 100), ("1.5e1", 15), ("150e-1", 15), ("-0", 0), ("0.0", 0),
            ("0e999999", 0),
            ("9223372036854775807.0", Int.max), ("-9223372036854775808.0", Int.min),
            ("1000000000000000000e0", 1_000_000_000_000_000_000),
            ("100000000000000000000000e-20", 1000), ("9007199254740993.0", 9_007_199_254_740_993),
            ("0e99999999999999999999", 0),
            ("1.5", nil), ("0.1", nil), ("15e-1", nil), ("1e19", nil), ("9223372036854775808", nil),
            ("-9223372036854775809", nil), ("4503599627370497.25", nil), ("1e99999999999999999999", nil),
            ("1e-99999999999999999999", nil), ("12345678901234567890123", nil), ("1e9223372036854775807", nil),
        ] as [(String, Int?)]
    )
    func integers(text: String, expected: Int?) {
        #expect(number(text).intValue == expected)
    }

    @Test(
        "is the nearest double", arguments: [("0.10", 0.1), ("1e2", 100), ("-2.5e-3", -0.0025), ("1e9999", .infinity)])
    func doubles(text: String, expected: Double) {
        #expect(number(text).doubleValue == expected)
    }

    @Test(
        "is made only of a whole number text",
        arguments: ["", "-", "1 ", " 1", "01", "1.", "+1", "abc", "1e", "0x1", "١", "[1]", "\"1\""])
    func rejects(text: String) {
        #expect(JSONDecimal(text: text) == nil)
    }

    @Test("is made of a finite double in its shortest form")
    func shortest() {
        #expect(JSONDecimal(0.1)?.text == "0.1")
        #expect(JSONDecimal(1)?.text == "1.0")
        #expect(JSONDecimal(1e300)?.text == "1e+300")
        #expect(JSONDecimal(.nan) == nil)
        #expect(JSONDecimal(-.infinity) == nil)
    }
}
