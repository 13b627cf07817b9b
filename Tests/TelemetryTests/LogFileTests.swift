import Foundation
import Testing

@testable import Telemetry

@Suite("The log's file")
struct LogFileTests {
    /// A folder that goes with the test.
    private final class Folder {
        let url = FileManager.default.temporaryDirectory.appending(path: "gigaoffice-log-\(UUID().uuidString)")
        var path: String { url.appending(path: "a.log").path }

        init() throws {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        }

        deinit {
            do {
                try FileManager.default.removeItem(at: url)
            } catch {
                Issue.record("\(error)")
            }
        }

        var names: [String] {
            get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
        }

        func text(_ name: String) throws -> String {
            try String(contentsOf: url.appending(path: name), encoding: .utf8)
        }

        func make(_ name: String, _ text: String = "x\n") throws {
            try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
        }
    }

    private static let noon = WallTime(microseconds: 1_778_328_000_000_000)
    private static let day: Int64 = 86_400_000_000

    private func later(_ days: Int64) -> WallTime { WallTime(microseconds: Self.noon.microseconds + days * Self.day) }

    private func write(_ text: String, to file: LogFile) {
        #expect(Glibc.write(file.descriptor, text, text.utf8.count) == text.utf8.count)
    }

    @Test("a new day begins a new file; the old one is kept under its day")
    func turns() throws {
        let folder = try Folder()
        let file = try LogFile(folder.path, days: 30, now: Self.noon)
        write("one\n", to: file)
        file.turn(at: Self.noon)
        write("two\n", to: file)
        file.turn(at: later(1))
        write("three\n", to: file)
        #expect(try folder.names == ["a.log", "a.log.2026-05-09"])
        #expect(try folder.text("a.log.2026-05-09") == "one\ntwo\n")
        #expect(try folder.text("a.log") == "three\n")
    }

    @Test("files older than they have to be kept are deleted, and nothing else is", arguments: [(2, 2), (0, 4)])
    func retention(days: Int, left: Int) throws {
        let folder = try Folder()
        for name in ["a.log.2026-05-01", "a.log.2026-05-06", "a.log.2026-05-07", "a.log.2026-05-08"] {
            try folder.make(name)
        }
        for name in ["a.log.old", "b.log.2026-05-01", "a.log.2026-05-01.gz"] { try folder.make(name) }
        _ = try LogFile(folder.path, days: days, now: Self.noon)
        let names = try folder.names
        #expect(names.count { $0.hasPrefix("a.log.2026-05-0") && !$0.hasSuffix("gz") } == left)
        #expect(names.contains("a.log.old") && names.contains("b.log.2026-05-01"))
        #expect(names.contains("a.log.2026-05-01.gz"))
    }

    @Test("what a stopped process has written on an earlier day is put aside at the start")
    func leftOver() throws {
        let folder = try Folder()
        try folder.make("a.log", "yesterday\n")
        let yesterday = Date(timeIntervalSince1970: Double(later(-1).seconds))
        try FileManager.default.setAttributes([.modificationDate: yesterday], ofItemAtPath: folder.path)
        let file = try LogFile(folder.path, days: 30, now: Self.noon)
        write("today\n", to: file)
        #expect(try folder.text("a.log.2026-05-08") == "yesterday\n")
        #expect(try folder.text("a.log") == "today\n")
    }

    @Test(
        "of two processes with one file, neither overwrites what the other has put aside, and both go on in the new one"
    )
    func together() throws {
        let folder = try Folder()
        let (one, two) = (
            try LogFile(folder.path, days: 30, now: Self.noon), try LogFile(folder.path, days: 30, now: Self.noon)
        )
        write("1\n", to: one)
        write("2\n", to: two)
        one.turn(at: later(1))
        write("3\n", to: one)
        two.turn(at: later(1))
        write("4\n", to: two)
        #expect(try folder.text("a.log.2026-05-09") == "1\n2\n")
        #expect(try folder.text("a.log") == "3\n4\n")
    }

    @Test("a file that was moved away is opened anew when asked for")
    func reopened() throws {
        let folder = try Folder()
        let file = try LogFile(folder.path, days: 30, now: Self.noon)
        write("1\n", to: file)
        try FileManager.default.moveItem(atPath: folder.path, toPath: folder.path + ".moved")
        file.reopenOrGoOn()
        write("2\n", to: file)
        #expect(try folder.text("a.log.moved") == "1\n")
        #expect(try folder.text("a.log") == "2\n")
    }

    @Test("a path that cannot be opened is named with the reason")
    func unusable() throws {
        let error = #expect(throws: LogSinkError.self) {
            _ = try LogFile("/nowhere/at/all.log", days: 1, now: Self.noon)
        }
        #expect(error?.file == "/nowhere/at/all.log")
        #expect(error?.reason.isEmpty == false)
    }

    @Test("a sink writes to its file, leaves out what repeats too often, and says how much at the end at the latest")
    func sink() throws {
        let folder = try Folder()
        let sink = try LogSink(minimumLevel: .info, format: .json, file: folder.path)
        let logger = Logger(sink)
        for number in 0..<100 { logger.error("sink test repeats", ["number": .integer(number)]) }
        logger.debug("sink test unseen")
        sink.minimumLevel = .debug
        logger.debug("sink test seen")
        sink.close()
        let lines = try folder.text("a.log").split(separator: "\n")
        #expect(lines.count { $0.contains(#""message":"sink test repeats""#) } == 20)
        #expect(lines.contains { $0.contains(#""repeated":"sink test repeats","lines":80"#) })
        #expect(!lines.contains { $0.contains("unseen") })
        #expect(lines.contains { $0.contains("sink test seen") })
    }

    @Test("lines of many threads all come, whole and in each thread's order, at pauses and at the end")
    func manyThreads() throws {
        let folder = try Folder()
        let sink = try LogSink(minimumLevel: .info, format: .json, file: folder.path)
        let logger = Logger(sink)
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<200 {
                logger.info("sink test \(thread)", ["number": .integer(number)])
                // Longer than lines are gathered, so that the writing thread has gone to sleep again.
                if number % 50 == 0 { usleep(5_000) }
            }
        }
        // Nothing else rings after the last line: it comes by itself.
        logger.info("sink test last")
        var text = ""
        for _ in 0..<500 where !text.contains("sink test last") {
            usleep(10_000)
            text = try folder.text("a.log")
        }
        sink.close()
        let lines = text.split(separator: "\n")
        for thread in 0..<4 {
            let own = lines.filter { $0.contains("sink test \(thread)") }
            #expect(own.count == 200)
            for (number, line) in own.enumerated() { #expect(line.contains(#""number":\#(number)}"#)) }
        }
        #expect(lines.count { $0.contains("sink test last") } == 1)
    }
}
