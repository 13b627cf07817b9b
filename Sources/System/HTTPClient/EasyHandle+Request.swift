import CLibcurl

extension EasyHandle {
    /// Sets everything that does not depend on the request.
    func apply(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        try set(CURLOPT_NOSIGNAL, true)
        // Without it, dropping a transfer waits for the end of its name lookup, on the loop.
        try set(CURLOPT_QUICK_EXIT, true)
        try set(CURLOPT_USERAGENT, configuration.userAgent)
        try set(CURLOPT_PROTOCOLS_STR, "http,https")
        // Headers with tokens must not travel to wherever a response points.
        try set(CURLOPT_FOLLOWLOCATION, false)
        try set(CURLOPT_DISALLOW_USERNAME_IN_URL, true)
        try set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        try set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout)
        try set(CURLOPT_MAXAGE_CONN, Int(configuration.idleConnectionLifetime.components.seconds))
        try set(CURLOPT_TCP_KEEPALIVE, true)
        try set(CURLOPT_PROXY, configuration.proxyURL ?? "")
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        try apply(configuration.tls)
    }

    private func apply(_ tls: ClientTLS) throws(HTTPClientError) {
        try set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        try set(CURLOPT_SSL_VERIFYPEER, tls.verifiesServer)
        try set(CURLOPT_SSL_VERIFYHOST, tls.verifiesServer ? 2 : 0)
        try set(CURLOPT_CERTINFO, tls.keepsServerChain)
        if let file = tls.caFile { try set(CURLOPT_CAINFO, file) }
        guard let identity = tls.identity else { return }
        try set(CURLOPT_SSLCERT, identity.certificateFile)
        if let file = identity.keyFile { try set(CURLOPT_SSLKEY, file) }
        try set(CURLOPT_KEYPASSWD, identity.passphrase)
    }

    /// Sets what the request says; it must be valid.
    mutating func apply(_ request: ClientRequest, maxResponseBytes: Int) throws(HTTPClientError) {
        try set(CURLOPT_URL, request.url)
        if request.method == "HEAD" {
            try set(CURLOPT_NOBODY, true)
        } else {
            // The length of a response to HEAD is that of a body which does not come.
            try set(offset: CURLOPT_MAXFILESIZE_LARGE, maxResponseBytes)
        }
        let hasBody = !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method)
        if hasBody { try set(body: request.body) }
        try set(CURLOPT_CUSTOMREQUEST, request.method)
        try set(headerLines: Self.lines(for: request.headers, hasBody: hasBody))
    }

    private static func lines(for headers: ClientHeaders, hasBody: Bool) -> [String] {
        var lines = headers.fields.map { field in
            let isBlank = field.value.allSatisfy { $0 == " " || $0 == "\t" }
            return isBlank ? "\(field.name);" : "\(field.name): \(field.value)"
        }
        // Waiting for "100 Continue" costs a second with servers that don't know it.
        lines.append("Expect:")
        if hasBody, headers["Content-Type"] == nil {
            // libcurl would call the body a form.
            lines.append("Content-Type:")
        }
        return lines
    }
}
