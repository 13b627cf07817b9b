import Foundation
import Testing

@testable import Prompts

@Suite("Calibration")
struct CalibrationTests {
    @Test(
        "computes logarithms and powers as the C library does", arguments: [1e-300, 0.1, 0.5, 1, 1.999, 2, 700, 1e12])
    func exponents(_ number: Double) {
        #expect(abs(NaturalExponent.logarithm(number) - log(number)) <= 1e-10 * max(1, abs(log(number))))
        let power = min(number, 600)
        #expect(abs(NaturalExponent.power(-power) / exp(-power) - 1) < 1e-10)
        #expect(NaturalExponent.power(-1e9) == 0 && NaturalExponent.power(1e9) == .infinity)
    }

    @Test("cools scores that are too bold and leaves right ones")
    func temperature() {
        // Odds of e⁸ to 1, and right three times in four: the odds should be 3 to 1, which is e^(8/T).
        let judged = (0..<400).map {
            Calibration.Judged(scores: [8, 0], category: $0.isMultiple(of: 4) ? 1 : 0)
        }
        #expect(abs(Calibration.temperature(judged) - 8 / log(3)) < 0.05)
        #expect(Calibration.temperature([]) == 1)
    }
}
