import EventLoop
import Foundation
import Glibc
import Testing

@Suite("A group of event loops", .timeLimit(.minutes(10)))
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
            // Room for ten more. The process may have got files from its parent, and there are gaps between them.
            let free = (0..<10).map { _ in open("/dev/null", O_RDONLY) }
            limit.rlim_cur = rlim_t((free.max() ?? 0) + 1)
            for file in free { close(file) }
            #expect(setrlimit(kind, &limit) == 0)
            for _ in 0..<4 {
                let error = #expect(throws: SystemError.self) {
                    try EventLoopGroup(count: 64, namePrefix: "many")
                }
                #expect(error?.code == EMFILE)
            }
            // The kernel may show a thread for a moment after it was joined, and Dispatch may make a few of its own.
            // What four groups leave behind would be twenty threads and forty files.
            let deadline = MonotonicTime.now + .seconds(20)
            while try count("task") > threads + 4, MonotonicTime.now < deadline { usleep(1_000) }
            #expect(try count("task") <= threads + 4)
            #expect(try count("fd") <= files + 8)
        }
    }
}
