import CLibcurl
import Testing

@testable import HTTPClient

@Suite("What libcurl's codes mean")
struct TransferEndingTests {
    private func ending(_ code: CURLcode, _ text: String = "") -> TransferEnding {
        TransferEnding(code: code, text: text, isEncrypted: true, hasIdentity: true, limit: 10)
    }

    private func kind(_ ending: TransferEnding) -> HTTPClientError.TLSFailure? {
        if case .failure(.tls(let kind, _)) = ending.result { kind } else { nil }
    }

    @Test(
        "a refused client certificate is told by the server's alert",
        arguments: [
            (CURLE_RECV_ERROR, "OpenSSL SSL_read: tlsv13 alert certificate required, errno 0"),
            (CURLE_SEND_ERROR, "OpenSSL SSL_write: tlsv1 alert unknown ca"),
            (CURLE_SSL_CONNECT_ERROR, "sslv3 alert bad certificate"),
            (CURLE_SSL_CLIENTCERT, ""),
        ])
    func alerts(code: CURLcode, text: String) {
        var ending = ending(code, text)
        ending.hasIdentity = false
        #expect(kind(ending) == .clientCertificateRefused)
    }

    @Test("a connection that breaks before any byte may be a refused certificate only if one was shown to it")
    func probableRefusal() {
        var ending = ending(CURLE_SEND_ERROR, "Connection reset by peer")
        #expect(kind(ending) == .clientCertificateProbablyRefused)
        ending.isFreshConnection = false
        #expect(kind(ending) == nil)
        ending.isFreshConnection = true
        ending.hasIdentity = false
        #expect(kind(ending) == nil)
        ending.hasIdentity = true
        ending.hasResponseBytes = true
        #expect(kind(ending) == nil)
    }

    @Test("a client certificate that has expired is not taken for a fault of the server's")
    func expiredIdentity() {
        var ending = ending(CURLE_PEER_FAILED_VERIFICATION, "SSL certificate verification failed")
        #expect(kind(ending) == .clientCertificateRefused)
        ending.hasIdentity = false
        #expect(kind(ending) == .verification)
        ending.hasIdentity = true
        ending.text = "SSL certificate problem: certificate has expired"
        #expect(kind(ending) == .verification)
    }

    @Test("files and verification have kinds of their own")
    func kinds() {
        #expect(kind(ending(CURLE_SSL_CERTPROBLEM)) == .clientCertificateFile)
        #expect(kind(ending(CURLE_SSL_CACERT_BADFILE)) == .authorityFile)
        #expect(kind(ending(CURLE_PEER_FAILED_VERIFICATION)) == .verification)
        #expect(kind(ending(CURLE_SSL_CONNECT_ERROR, "sslv3 alert handshake failure")) == .handshake)
    }

    @Test("success without a head is none")
    func noHead() {
        guard case .failure(.interrupted) = ending(CURLE_OK).result else {
            Issue.record("a response needs a head")
            return
        }
    }
}
