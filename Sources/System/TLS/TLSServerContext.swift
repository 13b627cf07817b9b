import CLibssl

/// What all connections of one TLS listener share: certificate, key and whom it takes for a client. Confined to its
/// loop. No session is resumed, so that each connection shows its certificate.
public final class TLSServerContext {
    let pointer: OpaquePointer

    /// Reads the files; blocks for that time. Throws `.file` and `.unavailable`.
    public init(_ configuration: TLSServerConfiguration) throws(TLSError) {
        ERR_clear_error()
        guard let pointer = SSL_CTX_new(TLS_server_method()) else {
            throw .unavailable(reason: TLSError.takeReason())
        }
        do throws(TLSError) {
            try Self.load(configuration, into: pointer)
        } catch {
            SSL_CTX_free(pointer)
            throw error
        }
        self.pointer = pointer
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    private static func load(_ configuration: TLSServerConfiguration, into context: OpaquePointer) throws(TLSError) {
        let lowest = configuration.version ?? .tls12
        let highest = configuration.version ?? .tls13
        guard clibssl_set_versions(context, lowest.code, highest.code) == 1 else {
            throw .unavailable(reason: TLSError.takeReason())
        }
        clibssl_forget_sessions(context)
        let certificate = configuration.certificateFile
        try check(SSL_CTX_use_certificate_chain_file(context, certificate), certificate)
        let key = configuration.keyFile
        try check(SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM), key)
        guard let authorities = configuration.clientAuthoritiesFile else { return }
        try check(SSL_CTX_load_verify_locations(context, authorities, nil), authorities)
        SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(authorities))
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
    }

    private static func check(_ status: Int32, _ file: String) throws(TLSError) {
        guard status != 1 else { return }
        throw .file(file, reason: TLSError.takeReason())
    }
}
