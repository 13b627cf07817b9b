import Domain
import EventLoop
import Files

/// The file with a login of Qwen Code, which that program changes as well. Its calls go to the blocking thread.
struct QwenFile: Sendable {
    /// Where it is.
    let path: String
    private let file: SmallFile
    private let lock: FileLock
    private let blocking: BlockingThread

    /// Tries to get the lock.
    static let attempts = 20
    /// A lock is stale after this; a refresh must take less time.
    static let staleAfter = Duration.seconds(10)
    private static let maximumBytes = 64 << 10

    /// The lock lies beside the file, where Qwen Code looks for it: `oauth_creds.lock`.
    init(_ path: String, blocking: BlockingThread) {
        self.path = path
        self.blocking = blocking
        file = SmallFile(path, maximumBytes: Self.maximumBytes)
        let name = path.hasSuffix(".json") ? String(path.dropLast(5)) : path
        lock = FileLock(name + ".lock", staleAfter: Self.staleAfter)
    }

    /// What its content is told apart by.
    func stamp() async throws(TokenFault) -> FileStamp {
        try await run { () throws(FileError) in try file.stamp() }
    }

    /// The login in it.
    func read() async throws(TokenFault) -> (credentials: QwenCredentials, stamp: FileStamp) {
        let content = try await run { () throws(FileError) in try file.read() }
        do throws(QwenCredentials.Fault) {
            return (try QwenCredentials(content.bytes), content.stamp)
        } catch {
            throw fault("\(path): \(error.problem)")
        }
    }

    /// Puts the login into the file.
    func write(_ credentials: QwenCredentials) async throws(TokenFault) -> FileStamp {
        try await run { () throws(FileError) in try file.replace(with: credentials.bytes) }
    }

    /// Gets the lock, trying with growing pauses for half a minute. Throws when somebody else keeps it.
    func acquire(attempts: Int = QwenFile.attempts) async throws(TokenFault) {
        var pause = Duration.milliseconds(100)
        for attempt in 1...attempts {
            if try await run({ () throws(FileError) in try lock.take() }) { return }
            guard attempt < attempts, let loop = EventLoop.current else { break }
            do throws(CancellationError) {
                try await loop.sleep(for: pause)
            } catch {
                break
            }
            pause = min(pause * 2, .seconds(2))
        }
        let failure = ModelFailure(.server, "another process holds the lock of \(path)", provider: QwenOAuth.provider)
        throw TokenFault(failure: failure, isConfiguration: false)
    }

    /// Gives the lock up. A lock that stays is stale after a while.
    func release() async {
        do throws(TokenFault) {
            try await run { () throws(FileError) in try lock.release() }
        } catch {
            return
        }
    }

    private func run<Success: Sendable>(
        _ body: @escaping @Sendable () throws(FileError) -> Success
    ) async throws(TokenFault) -> Success {
        let outcome: Result<Success, FileError>
        do {
            outcome = try await blocking.run {
                do throws(FileError) {
                    return .success(try body())
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            let failure = ModelFailure(.internal, "files cannot be read now", provider: QwenOAuth.provider)
            throw TokenFault(failure: failure, isConfiguration: false)
        }
        switch outcome {
        case .success(let success): return success
        case .failure(let error) where error.isMissing:
            throw fault("\(error): log in with Qwen Code, or correct QWEN_OAUTH_PATH")
        case .failure(let error): throw fault("\(error)")
        }
    }

    private func fault(_ problem: String) -> TokenFault {
        TokenFault(failure: ModelFailure(.auth, problem, provider: QwenOAuth.provider), isConfiguration: true)
    }
}
