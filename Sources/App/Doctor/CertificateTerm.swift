import Certificates

/// For how long certificates are still good.
struct CertificateTerm {
    /// Those that end sooner are worth a warning.
    static let fewDays = 30

    /// A warning below 30 days, a fault when the time is over.
    let level: DoctorFinding.Level
    /// The one that counts.
    private let facts: CertificateFacts

    /// Of a certificate with its chain: each is needed, so the one that ends first counts. Nil for none.
    init?(chain: [CertificateFacts]) {
        self.init(chain.min { $0.remainingSeconds < $1.remainingSeconds })
    }

    /// Of authorities: a file holds more of them than are needed, so the one that ends last counts. Nil for none.
    init?(authorities: [CertificateFacts]) {
        self.init(authorities.max { $0.remainingSeconds < $1.remainingSeconds })
    }

    private init?(_ facts: CertificateFacts?) {
        guard let facts else { return nil }
        self.facts = facts
        level = facts.remainingSeconds < 0 ? .fail : facts.remainingDays < Self.fewDays ? .warn : .ok
    }

    /// What is told of the certificates of `place`, with what to do when they end soon or have ended.
    func finding(_ subject: String, _ place: String, _ advice: Wording) -> DoctorFinding {
        DoctorFinding(level: level, subject: subject, detail: detail(place), advice: level == .ok ? nil : advice)
    }

    private func detail(_ place: String) -> Wording {
        let days = facts.remainingDays
        let whose = facts.name.isEmpty ? place : "\(place) (\(facts.name))"
        guard facts.remainingSeconds < 0 else {
            return Wording("\(whose): действителен ещё \(days) дн.", "\(whose): valid for \(days) more days")
        }
        return Wording("\(whose): срок истёк \(-days) дн. назад", "\(whose): has ended \(-days) days ago")
    }
}
