import JSON
import Testing

@testable import App

@Suite("The doctor's report")
struct DoctorReportTests {
    private static let fine = DoctorFinding.ok("settings", Wording("всё верно", "all right"))
    private static let odd = DoctorFinding.warn("a", Wording("так себе", "so so"), Wording("почините", "mend it"))
    private static let bad = DoctorFinding.fail("b", Wording("плохо\n", "bad"), Wording("срочно", "at once"))

    @Test("has a line for each check, the advice below it, and a line about all, in either language")
    func text() {
        let report = DoctorReport(findings: [Self.fine, Self.odd, Self.bad])
        #expect(
            report.text(in: .en) == """
                ok    settings  all right
                warn  a         so so
                                → mend it
                fail  b         bad
                                → at once
                1 in order, 1 warnings, 1 faults

                """)
        let russian = report.text(in: .ru)
        #expect(russian.contains("→ почините\n"))
        #expect(russian.hasSuffix("в порядке: 1, предупреждений: 1, неисправностей: 1\n"))
        // What others have said moves no line.
        #expect(russian.split(separator: "\n").count == 6)
    }

    @Test("is one line of JSON for programs")
    func json() throws {
        let text = DoctorReport(findings: [Self.fine, Self.bad]).json(in: .en)
        #expect(!text.contains("\n"))
        let parsed = try JSONParser().parse(text)
        #expect(parsed["status"] == "fail")
        #expect(
            parsed["checks"] == [
                ["check": "settings", "status": "ok", "detail": "all right", "advice": .null],
                ["check": "b", "status": "fail", "detail": "bad", "advice": "at once"],
            ])
    }

    @Test("ends the program with 1 for faults, and with 0 for warnings")
    func exitCodes() {
        #expect(DoctorReport(findings: [Self.fine]).exitCode == .success)
        #expect(DoctorReport(findings: [Self.fine, Self.odd]).exitCode == .success)
        #expect(DoctorReport(findings: [Self.odd, Self.bad]).exitCode == .negative)
    }

    @Test("names every fault of the settings and looks no further")
    func settings() {
        let found = Doctor(load(["PORT": "x", "LOG_LEVEL": "loud"])).lookAround()
        #expect(found.count { $0.level == .fail && $0.subject == "settings" } == 2)
        #expect(found.allSatisfy { $0.subject == "settings" })
    }

    @Test(
        "a clock that is a second off is a warning, and half a minute is a fault, either way",
        arguments: [
            (Duration.milliseconds(900), DoctorFinding.Level.ok), (.milliseconds(-900), .ok), (.seconds(2), .warn),
            (.seconds(-29), .warn), (.seconds(31), .fail), (.seconds(-3_600), .fail),
        ])
    func clock(lead: Duration, level: DoctorFinding.Level) {
        #expect(DatabaseChecks.checkClock(lead).level == level)
    }

    @Test(
        "speaks the language of its surroundings",
        arguments: [
            (["LANG": "ru_RU.UTF-8"], Wording.Language.ru), (["LANG": "en_US.UTF-8"], .en), ([:], .en),
            (["LANG": "C"], .en),
            (["LC_ALL": "C", "LANG": "ru_RU.UTF-8"], .en), (["LC_ALL": "", "LANG": "ru_RU.UTF-8"], .ru),
        ])
    func language(environment: [String: String], language: Wording.Language) {
        #expect(Wording.Language(environment: environment) == language)
    }
}
