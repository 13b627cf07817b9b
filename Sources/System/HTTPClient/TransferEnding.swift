import CLibcurl

/// How libcurl says a transfer ended: its code and what is needed to tell what the code means.
struct TransferEnding {
    /// libcurl's verdict (libcurl-errors(3)).
    var code: CURLcode
    /// libcurl's words for it; may be empty.
    var text: String
    /// The final status, once its head was complete.
    var status: Int?
    /// Body bytes that had come and were not handed on.
    var partial: [UInt8] = []
    /// Whether any byte of a response had come, headers included.
    var hasResponseBytes = false
    /// Whether the connection was opened for this transfer.
    var isFreshConnection = true
    /// Whether the address is an `https` one.
    var isEncrypted = false
    /// Whether a client certificate is configured.
    var hasIdentity = false
    /// The largest body that is taken.
    var limit: Int

    /// Success, or the failure by what can be done about it.
    var result: Result<Void, HTTPClientError> {
        switch code {
        case CURLE_OK: status == nil ? .failure(interrupted) : .success(())
        case CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED, CURLE_BAD_FUNCTION_ARGUMENT:
            .failure(.invalidRequest(reason))
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PROXY,
            CURLE_NO_CONNECTION_AVAILABLE, CURLE_OPERATION_TIMEDOUT:
            // libcurl watches over connecting only; the other limits are the client's own timers.
            .failure(.connect(reason))
        case CURLE_FILESIZE_EXCEEDED: .failure(.tooLarge(limit: limit))
        default: .failure(tlsFailure.map { .tls($0, reason) } ?? interrupted)
        }
    }

    private var tlsFailure: HTTPClientError.TLSFailure? {
        switch code {
        case CURLE_SSL_CERTPROBLEM: .clientCertificateFile
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE: .authorityFile
        case CURLE_PEER_FAILED_VERIFICATION where isAboutExpiredIdentity: .clientCertificateRefused
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_PINNEDPUBKEYNOTMATCH,
            CURLE_SSL_INVALIDCERTSTATUS:
            .verification
        case CURLE_SSL_CLIENTCERT: .clientCertificateRefused
        case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CIPHER, CURLE_USE_SSL_FAILED, CURLE_SSL_ENGINE_INITFAILED:
            namesCertificateAlert ? .clientCertificateRefused : .handshake
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR: lateRefusal
        default: nil
        }
    }

    /// In TLS 1.3 the server judges the client's certificate after the client's handshake is over, so a refusal
    /// arrives as a broken connection: with an alert, if we are quick enough to read it (RFC 8446, 4.4.2.4).
    private var lateRefusal: HTTPClientError.TLSFailure? {
        guard isEncrypted, !hasResponseBytes else { return nil }
        if namesCertificateAlert { return .clientCertificateRefused }
        return hasIdentity && isFreshConnection ? .clientCertificateProbablyRefused : nil
    }

    /// OpenSSL's words for the alerts about our certificate: `tlsv13 alert certificate required`,
    /// `tlsv1 alert unknown ca`, `sslv3 alert bad certificate`.
    private var namesCertificateAlert: Bool {
        text.contains("alert") && (text.contains("certificate") || text.contains("unknown ca"))
    }

    /// Up to TLS 1.2 libcurl reports the server's alert "certificate expired" as if the server's certificate had not
    /// been good, but then has found no fault in that one to name (lib/vtls/openssl.c, 7.88).
    private var isAboutExpiredIdentity: Bool {
        hasIdentity && text == "SSL certificate verification failed"
    }

    private var interrupted: HTTPClientError {
        .interrupted(status: status, partial: partial, reason: reason)
    }

    private var reason: String {
        let words = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
        return "\(words) (libcurl \(code.rawValue))"
    }
}
