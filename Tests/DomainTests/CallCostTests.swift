import Domain
import Testing

@Suite("Costs")
struct CallCostTests {
    @Test(
        "a number is read, and written in full and for people",
        arguments: [
            ("0", 0, "0.000000000000", "0.00"), ("1.5", 1_500_000_000_000, "1.500000000000", "1.50"),
            ("0.000600000000", 600_000_000, "0.000600000000", "0.0006"),
            ("12.000000000001", 12_000_000_000_001, "12.000000000001", "12.000000000001"),
        ])
    func read(text: String, trillionths: Int64, full: String, short: String) {
        #expect(CallCost(text) == CallCost(trillionths: trillionths))
        #expect(CallCost(trillionths: trillionths).description == full)
        #expect(CallCost(trillionths: trillionths).short == short)
    }

    @Test(
        "what is no such number is refused",
        arguments: ["", ".", "1.", ".5", "-1", "1e3", "x", "1.0000000000001", "99999999999999999999"])
    func refused(text: String) {
        #expect(CallCost(text) == nil)
    }

    @Test("the greatest cost stays the greatest")
    func overflow() {
        let most = CallCost(trillionths: .max)
        #expect(most + CallCost(trillionths: 1) == most)
    }
}
