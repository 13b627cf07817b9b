import CLibcrypto

/// libcrypto's numbers for the extensions of a certificate.
enum NID {
    static let constraints = NID_basic_constraints
    static let usage = NID_key_usage
    static let extendedUsage = NID_ext_key_usage
    static let names = NID_subject_alt_name
    static let subjectKey = NID_subject_key_identifier
    static let authorityKey = NID_authority_key_identifier
}
