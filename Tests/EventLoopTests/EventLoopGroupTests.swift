import EventLoop
import Foundation
import Glibc
import Testing

@Suite("A group of event loops", .timeLimit(.minutes(1)))
struct EventLoopGroupTests {
    @Test("when one of its loops cannot be made, those before it are ended, with their threads and files")
    func failure() async {
        // In a process of its own, since the limit holds for all of it.
        await #expect(processExitsWith: .success) {
            func count(_ folder: String) throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/\(folder)").count
            }
            let (files, threads) = (try count("fd"), try count("task"))
            let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
            var limit = rlimit()
            #expect(getrlimit(kind, &limit) == 0)
            limit.rlim_cur = rlim_t(files + 10)
            #expect(setrlimit(kind, &limit) == 0)
            let error = #expect(throws: SystemError.self) { try EventLoopGroup(count: 64, namePrefix: "many") }
            #expect(error?.code == EMFILE)
            // The kernel may show a thread for a moment after it was joined.
            let deadline = MonotonicTime.now + .seconds(20)
            while try count("task") > threads, MonotonicTime.now < deadline { usleep(1_000) }
            #expect(try count("task") == threads)
            #expect(try count("fd") == files)
        }
    }
}
