import Telemetry
import Testing

@testable import Providers

@Suite("How long a provider asks to be left alone")
struct RetryAfterTests {
    @Test(
        "is read as seconds or as a date, and is bounded",
        arguments: [
            ("5", .seconds(5)), (" 1.5 ", .milliseconds(1500)), ("0", .zero), ("99999", .seconds(3600)),
            ("Sun, 06 Nov 1994 08:49:47 GMT", .seconds(10)), ("Sun, 06 Nov 1994 08:49:00 GMT", .zero),
            ("soon", nil), ("-5", nil), ("", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("inf", nil),
        ] as [(String, Duration?)])
    func header(value: String, expected: Duration?) {
        let now = WallTime(microseconds: 784_111_777_000_000)
        #expect(RetryAfter.read(value, now: now) == expected)
    }

    @Test(
        "is read in Google's form",
        arguments: [("37s", .seconds(37)), ("1.5s", .milliseconds(1500)), ("37", nil), ("s", nil), ("nans", nil)]
            as [(String, Duration?)])
    func google(value: String, expected: Duration?) {
        #expect(RetryAfter.readGoogle(value) == expected)
    }
}
