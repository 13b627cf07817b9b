import CLibcrypto

/// What a certificate says of itself, looked at just now.
public struct CertificateFacts: Sendable, Equatable {
    /// The common name of its subject; empty where it has none.
    public let name: String
    /// Seconds until its time ends; negative when it has ended.
    public let remainingSeconds: Int

    /// Puts together what is known already.
    public init(name: String, remainingSeconds: Int) {
        self.name = name
        self.remainingSeconds = remainingSeconds
    }

    /// Whole days until it ends, or since it has ended, then negative.
    public var remainingDays: Int { remainingSeconds / 86_400 }

    /// All certificates of a file in PEM, in their order; at least one. Blocks for the time of reading it. Throws
    /// `.unreadable`, `.noCertificate` or `.damagedAuthorities`.
    public static func all(in path: String) throws(ClientIdentityFault) -> [CertificateFacts] {
        try all(of: PEMFile(path), path)
    }

    /// The same for a text in PEM; `name` stands for it in errors.
    public static func all(inText text: String, named name: String) throws(ClientIdentityFault) -> [CertificateFacts] {
        try all(of: PEMFile(text: text, named: name), name)
    }

    private static func all(
        of file: borrowing PEMFile, _ path: String
    ) throws(ClientIdentityFault) -> [CertificateFacts] {
        var all: [CertificateFacts] = []
        while let certificate = try file.nextCertificate() {
            defer { X509_free(certificate) }
            guard let facts = CertificateFacts(certificate) else {
                throw ClientIdentityFault(.damagedAuthorities, path, reason: "its end is no time")
            }
            all.append(facts)
        }
        guard !all.isEmpty else { throw ClientIdentityFault(.noCertificate, path) }
        return all
    }

    private init?(_ certificate: OpaquePointer) {
        var (days, seconds): (Int32, Int32) = (0, 0)
        guard ASN1_TIME_diff(&days, &seconds, nil, X509_get0_notAfter(certificate)) == 1 else { return nil }
        name = Self.commonName(certificate) ?? ""
        remainingSeconds = Int(days) * 86_400 + Int(seconds)
    }

    private static func commonName(_ certificate: OpaquePointer) -> String? {
        let subject = X509_get_subject_name(certificate)
        let place = X509_NAME_get_index_by_NID(subject, NID_commonName, -1)
        guard place >= 0 else { return nil }
        var letters: UnsafeMutablePointer<UInt8>?
        let text = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, place))
        let count = ASN1_STRING_to_UTF8(&letters, text)
        guard count >= 0, let letters else { return nil }
        defer { CRYPTO_free(letters, #file, #line) }
        return String(decoding: UnsafeBufferPointer(start: letters, count: Int(count)), as: UTF8.self)
    }
}
