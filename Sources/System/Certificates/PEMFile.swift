import CLibcrypto

/// A PEM file, or a text that could be one, open for reading from its start. Parts of other kinds than the one asked
/// for are passed over.
struct PEMFile: ~Copyable {
    private let path: String
    private let source: OpaquePointer

    /// Opens the file.
    init(_ path: String) throws(ClientIdentityFault) {
        ERR_clear_error()
        guard let source = BIO_new_file(path, "r") else {
            throw ClientIdentityFault(.unreadable, path, reason: Self.lastReason())
        }
        self.path = path
        self.source = source
    }

    /// Reads a text, which `name` stands for in faults.
    init(text: String, named name: String) throws(ClientIdentityFault) {
        let letters = Array(text.utf8)
        guard let source = BIO_new(BIO_s_mem()) else { throw ClientIdentityFault(.unreadable, name) }
        var written = 0
        guard letters.isEmpty || BIO_write_ex(source, letters, letters.count, &written) == 1 else {
            BIO_free(source)
            throw ClientIdentityFault(.unreadable, name)
        }
        self.path = name
        self.source = source
    }

    deinit {
        BIO_free(source)
    }

    /// The next certificate; nil at the end of the file. The caller frees it.
    func nextCertificate() throws(ClientIdentityFault) -> OpaquePointer? {
        ERR_clear_error()
        if let certificate = PEM_read_bio_X509(source, nil, refusePassphrase, nil) { return certificate }
        let code = ERR_peek_last_error()
        let isEnd = ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE
        defer { ERR_clear_error() }
        if isEnd { return nil }
        throw ClientIdentityFault(.damagedAuthorities, path, reason: Self.lastReason())
    }

    /// The first private key. The caller frees it. Never asks on the terminal.
    func key(passphrase: String) throws(ClientIdentityFault) -> OpaquePointer {
        var question = PassphraseQuestion(answer: Array(passphrase.utf8))
        ERR_clear_error()
        defer { ERR_clear_error() }
        let key = withUnsafeMutablePointer(to: &question) {
            PEM_read_bio_PrivateKey(source, nil, answerPassphrase, $0)
        }
        if let key { return key }
        throw ClientIdentityFault(question.wasAsked ? .passphrase : .noKey, path, reason: Self.lastReason())
    }

    /// What libcrypto said last, in its words.
    private static func lastReason() -> String? {
        let code = ERR_peek_last_error()
        guard code != 0 else { return nil }
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// libcrypto's question for a passphrase.
private struct PassphraseQuestion {
    /// What is answered.
    let answer: [UInt8]
    /// Whether libcrypto asked, so that the key is encrypted.
    var wasAsked = false
}

private func answerPassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int32, _: Int32, _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let question = context?.assumingMemoryBound(to: PassphraseQuestion.self), let buffer else { return -1 }
    question.pointee.wasAsked = true
    let answer = question.pointee.answer
    guard !answer.isEmpty, answer.count <= Int(size) else { return -1 }
    for (index, byte) in answer.enumerated() { buffer[index] = CChar(bitPattern: byte) }
    return Int32(answer.count)
}

private func refusePassphrase(
    _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32, _: UnsafeMutableRawPointer?
) -> Int32 { -1 }
