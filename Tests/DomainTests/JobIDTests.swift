import Domain
import Testing

/// Gives the same number every time, so that the layout of an id can be read bit by bit.
private struct ConstantGenerator: RandomNumberGenerator {
    let word: UInt64

    mutating func next() -> UInt64 { word }
}

@Suite("Job id")
struct JobIDTests {
    @Test("a new id has the layout of UUID version 7: time, version, variant, random bits")
    func layout() {
        var ones = ConstantGenerator(word: .max)
        var zeros = ConstantGenerator(word: 0)
        let milliseconds: Int64 = 0x0123_4567_89AB
        #expect(
            JobID(milliseconds: milliseconds, using: &ones).description == "01234567-89ab-7fff-bfff-ffffffffffff")
        #expect(
            JobID(milliseconds: milliseconds, using: &zeros).description == "01234567-89ab-7000-8000-000000000000")
    }

    @Test("the example of RFC 9562, appendix A.6, comes out")
    func standardExample() {
        var zeros = ConstantGenerator(word: 0)
        let text = JobID(milliseconds: 1_645_557_742_000, using: &zeros).description
        #expect(text.hasPrefix("017f22e2-79b0-7"))
    }

    @Test("ids of later milliseconds sort after those of earlier ones")
    func ordering() {
        var generator = SystemRandomNumberGenerator()
        let start: Int64 = 1_778_314_530_000
        let ids = (0..<2000).map { JobID(milliseconds: start + $0, using: &generator).description }
        #expect(ids == ids.sorted())
    }

    @Test("ids of one millisecond differ")
    func uniqueness() {
        var generator = SystemRandomNumberGenerator()
        let ids = Set((0..<10_000).map { _ in JobID(milliseconds: 1, using: &generator) })
        #expect(ids.count == 10_000)
    }

    @Test("every id reads back as itself, in lower and in upper case")
    func roundTrip() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let id = JobID(high: generator.next(), low: generator.next())
            #expect(JobID(id.description) == id)
            #expect(JobID(id.description.uppercased()) == id)
        }
    }

    @Test("a version 4 id is as good, and is written in lower case")
    func versionFour() {
        let id = JobID("F47AC10B-58CC-4372-A567-0E02B2C3D479")
        #expect(id == JobID(high: 0xF47A_C10B_58CC_4372, low: 0xA567_0E02_B2C3_D479))
        #expect(id?.description == "f47ac10b-58cc-4372-a567-0e02b2c3d479")
    }

    @Test(
        "anything but the 36-character form is no id",
        arguments: [
            "", "-", "f47ac10b", "f47ac10b58cc4372a5670e02b2c3d479",
            "f47ac10b-58cc-4372-a567-0e02b2c3d47", "f47ac10b-58cc-4372-a567-0e02b2c3d4799",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479 ", " f47ac10b-58cc-4372-a567-0e02b2c3d479",
            "{f47ac10b-58cc-4372-a567-0e02b2c3d479}", "urn:uuid:f47ac10b-58cc-4372-a567-0e02b2c3d479",
            "f47ac10b-58cc-4372-a5670-e02b2c3d479", "f47ac10b-58cc-4372-a567_0e02b2c3d479",
            "g47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d47\0",
            "f47ac10b-58cc-4372-a567-0e02b2c3d4-9", "-47ac10b-58cc-4372-a567-0e02b2c3d479",
            "+47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b--58cc-4372-a567-0e02b2c3d479",
            "ф47ac10b-58cc-4372-a567-0e02b2c3d479", "f47ac10b-58cc-4372-a567-0e02b2c3d47９",
            "../../../../etc/passwd-0123456789012", "' OR 1=1 --abcdefghijklmnopqrstuvwxy",
            "------------------------------------",
        ])
    func malformed(text: String) {
        #expect(JobID(text) == nil)
    }

    @Test("a piece of a longer text can be read without copying it")
    func substring() {
        let path = "/api/ai/status/f47ac10b-58cc-4372-a567-0e02b2c3d479"
        #expect(JobID(path.dropFirst(15)) != nil)
    }
}
