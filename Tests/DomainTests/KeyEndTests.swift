import Domain
import Telemetry
import Testing

@Suite("When a new key ends")
struct KeyEndTests {
    @Test(
        "is a time from now or a day",
        arguments: [
            ("90d", KeyEnd.after(.seconds(7_776_000))), ("12h", .after(.seconds(43_200))),
            ("30m", .after(.seconds(1_800))), ("1970-01-02", .at(WallTime(microseconds: 86_400_000_000))),
            ("2027-01-31", .at(WallTime(microseconds: 1_801_353_600_000_000))),
            ("2028-02-29", .at(WallTime(microseconds: 1_835_395_200_000_000))),
        ])
    func right(text: String, end: KeyEnd) {
        #expect(KeyEnd(text) == end)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "d", "0d", "-1d", "+1d", "1w", "1.5d", "36501d", "9223372036854775807d", "2027-02-29", "2027-13-01",
            "2027-00-10", "2027-1-31", "2027-01-31T00:00", "1969-01-01", "tomorrow",
        ])
    func wrong(text: String) {
        #expect(KeyEnd(text) == nil)
    }
}
