import CLibcurl
import Glibc

/// libcurl's process-wide start, done once by whoever comes first (`static let` is thread-safe, and so is
/// `curl_global_init` since 7.84).
enum CurlLibrary {
    /// Nil when libcurl can be used.
    static let failure: String? = {
        let status = curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        guard status == CURLE_OK else { return String(cString: curl_easy_strerror(status)) }
        guard let version = clibcurl_version() else { return "libcurl does not know its version" }
        guard version.pointee.features & CURL_VERSION_ASYNCHDNS != 0 else {
            return "this libcurl looks up names on the calling thread, which would hold up the loop"
        }
        ignoreBrokenPipes()
        return nil
    }()

    /// With `CURLOPT_NOSIGNAL` libcurl leaves SIGPIPE alone, and OpenSSL writes to sockets without MSG_NOSIGNAL:
    /// a peer that goes away would end the process. A handler that somebody set stays.
    private static func ignoreBrokenPipes() {
        var current = sigaction()
        guard sigaction(SIGPIPE, nil, &current) == 0 else { return }
        if current.__sigaction_handler.sa_handler == nil { signal(SIGPIPE, SIG_IGN) }
    }
}
