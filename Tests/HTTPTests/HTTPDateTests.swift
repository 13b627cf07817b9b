import HTTP
import Testing

@Suite("HTTP dates")
struct HTTPDateTests {
    static let known: [(Int, String)] = [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_799, "Tue, 29 Feb 2000 23:59:59 GMT"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
        (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
        (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
    ]

    @Test("are written as IMF-fixdate", arguments: known)
    func write(seconds: Int, text: String) {
        #expect(HTTPDate(secondsSinceEpoch: seconds).description == text)
    }

    @Test("are read back", arguments: known)
    func read(seconds: Int, text: String) {
        #expect(HTTPDate(parsing: text)?.secondsSinceEpoch == seconds)
    }

    @Test("come back the same over four hundred years of odd steps")
    func roundTrip() {
        for seconds in stride(from: -2_000_000_000, to: 11_000_000_000, by: 7_654_321) {
            let date = HTTPDate(secondsSinceEpoch: seconds)
            #expect(HTTPDate(parsing: date.description) == date)
        }
    }

    @Test(
        "that cannot be are refused",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Thu, 30 Feb 2023 00:00:00 GMT",
            "Wed, 29 Feb 2023 00:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 GMT ",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 -1:49:37 GMT",
        ])
    func refused(text: String) {
        #expect(HTTPDate(parsing: text) == nil)
    }

    @Test("beyond the years that can be written are the nearest one that can")
    func clamped() {
        #expect(HTTPDate(secondsSinceEpoch: .max).description == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate(secondsSinceEpoch: .min).description == "Mon, 01 Jan 0001 00:00:00 GMT")
    }

    @Test("are ordered by time")
    func ordering() {
        #expect(HTTPDate(secondsSinceEpoch: 1) < HTTPDate(secondsSinceEpoch: 2))
    }
}
