import Certificates
import Storage

/// Files, their rights, and the disk.
struct FileChecks {
    /// In the order in which they were looked at.
    private(set) var findings: [DoctorFinding] = []
    private let configuration: Configuration

    private static let littleSpace: UInt64 = 1 << 30
    private static let noSpace: UInt64 = 100 << 20

    init(_ configuration: Configuration) {
        self.configuration = configuration
        checkPrompts()
        checkMigrations()
        checkEnvironmentFile()
        checkKeyFiles()
        checkCertificates()
        checkLog()
        checkOpenFiles()
    }

    private mutating func checkPrompts() {
        let folder = configuration.paths.resources
        let faults = PromptFaults(PromptResources(folder: folder)).found
        guard faults.isEmpty else {
            let advice = Wording(
                "исправьте файл: без этого сервис не запустится", "mend the file: the service does not start with it")
            findings += faults.map { .fail("prompts", Wording(same: $0), advice) }
            return
        }
        findings.append(.ok("prompts", Wording("файлы в \(folder) верны", "the files in \(folder) are sound")))
    }

    private mutating func checkMigrations() {
        let folder = configuration.paths.migrations
        do throws(MigrationError) {
            let count = try Migration.load(from: folder).count
            findings.append(
                .ok("migrations", Wording("файлов в \(folder): \(count)", "\(count) files in \(folder)")))
        } catch {
            findings.append(
                .fail(
                    "migrations", Wording(same: "\(error)"),
                    Wording(
                        "укажите в MIGRATIONS_DIR папку migrations этой версии",
                        "have MIGRATIONS_DIR name the folder migrations of this version")))
        }
    }

    private mutating func checkEnvironmentFile() {
        let path = configuration.paths.environmentFile ?? ".env"
        guard FileFacts.mode(of: path) != nil else { return }
        checkRights(of: path, "env file")
    }

    private mutating func checkKeyFiles() {
        let gigachat = configuration.gigachat.mutualTLS
        let kafka = configuration.kafka.tls
        for (name, path) in [("GIGACHAT_MTLS_KEY_FILE", gigachat.key), ("KAFKA_SSL_KEYFILE", kafka.key)] {
            if let path { checkRights(of: path, name) }
        }
    }

    /// A file with secrets is for its owner: group members are a warning, since some platforms hand files out so.
    private mutating func checkRights(of path: String, _ subject: String) {
        guard let mode = FileFacts.mode(of: path), FileFacts.isReadable(path) else {
            findings.append(
                .fail(
                    subject, Wording("\(path) не читается", "\(path) cannot be read"),
                    Wording(
                        "проверьте путь и права пользователя, от имени которого работает сервис",
                        "check the path and the rights of the service's user")))
            return
        }
        let octal = String(mode, radix: 8)
        let advice = Wording("выполните: chmod 600 \(path)", "run: chmod 600 \(path)")
        if mode & 0o007 != 0 {
            let detail = Wording(
                "\(path) (права \(octal)) доступен всем пользователям", "\(path) (mode \(octal)) is open to all users")
            findings.append(.fail(subject, detail, advice))
        } else if mode & 0o070 != 0 {
            let detail = Wording(
                "\(path) (права \(octal)) доступен группе", "\(path) (mode \(octal)) is open to its group")
            findings.append(.warn(subject, detail, advice))
        } else {
            findings.append(.ok(subject, Wording("\(path): права \(octal)", "\(path): mode \(octal)")))
        }
    }

    private mutating func checkCertificates() {
        let gigachat = configuration.gigachat
        if gigachat.runMode == .mtls, let certificate = gigachat.mutualTLS.certificate {
            check(
                certificate: certificate, key: gigachat.mutualTLS.key,
                passphrase: gigachat.mutualTLS.keyPassword?.reveal() ?? "", "GIGACHAT_MTLS_CERT_FILE")
        }
        let kafka = configuration.kafka.tls
        if kafka.isOn, let certificate = kafka.certificate {
            check(
                certificate: certificate, key: kafka.key, passphrase: kafka.keyPassword?.reveal() ?? "",
                "KAFKA_SSL_CERTFILE")
        }
        if gigachat.runMode != .dryrun, let path = gigachat.trustedAuthorities {
            check(authorities: path, gigachat.authoritiesName)
        }
        if kafka.isOn, let path = kafka.authorities { check(authorities: path, "KAFKA_SSL_CAFILE") }
    }

    private mutating func check(certificate: String, key: String?, passphrase: String, _ subject: String) {
        do throws(ClientIdentityFault) {
            let term = CertificateTerm(chain: try CertificateFacts.all(in: certificate))
            // Nothing else is said of a certificate whose time is over.
            if term?.level != .fail {
                try ClientIdentityCheck.check(
                    certificate: certificate, key: key, passphrase: passphrase, authorities: nil)
            }
            let advice = Wording("выпустите новый сертификат", "have a new certificate issued")
            if let term { findings.append(term.finding(subject, certificate, advice)) }
        } catch {
            findings.append(.fail(subject, Wording(same: "\(error)"), Self.pairAdvice))
        }
    }

    private static let pairAdvice = Wording(
        "нужны сертификат и ключ в формате PEM, выпущенные вместе",
        "a certificate and a key in PEM are needed that were made together")

    private mutating func check(authorities path: String, _ subject: String) {
        do throws(ClientIdentityFault) {
            let term = CertificateTerm(authorities: try CertificateFacts.all(in: path))
            let advice = Wording(
                "замените файл: возьмите новые корневые сертификаты",
                "replace the file: get the authorities' new certificates")
            if let term { findings.append(term.finding(subject, path, advice)) }
        } catch {
            findings.append(
                .fail(
                    subject, Wording(same: "\(error)"),
                    Wording(
                        "нужен файл PEM с корневыми сертификатами",
                        "a file in PEM with the certificates of the authorities is needed")))
        }
    }

    private mutating func checkLog() {
        guard let file = configuration.logging.file else { return }
        let folder = FileFacts.folder(of: file)
        let isWritable = FileFacts.mode(of: file) == nil ? FileFacts.isWritable(folder) : FileFacts.isWritable(file)
        guard isWritable, let space = FileFacts.space(of: folder) else {
            findings.append(
                .fail(
                    "LOG_FILE", Wording("в \(file) нельзя писать", "\(file) cannot be written to"),
                    Wording(
                        "создайте папку \(folder) и дайте на неё права пользователю сервиса",
                        "make the folder \(folder) and give the service's user the right to write there")))
            return
        }
        let free = space.free >> 20
        let detail = Wording("\(file): на диске свободно \(free) МиБ", "\(file): \(free) MiB are free on its disk")
        let advice = Wording(
            "освободите место или перенесите журнал на другой диск", "make room, or move the log to another disk")
        if space.free < Self.noSpace {
            findings.append(.fail("LOG_FILE", detail, advice))
        } else if space.free < Self.littleSpace || space.free < space.all / 20 {
            findings.append(.warn("LOG_FILE", detail, advice))
        } else {
            findings.append(.ok("LOG_FILE", detail))
        }
    }

    private mutating func checkOpenFiles() {
        guard let limit = FileFacts.openFileLimit else { return }
        let needed = configuration.server.maxConnections + 250
        let detail = Wording(
            "открытых файлов может быть \(limit), для HTTP_MAX_CONNECTIONS нужно \(needed)",
            "\(limit) files may be open, and HTTP_MAX_CONNECTIONS needs \(needed)")
        guard limit < needed else { return findings.append(.ok("open files", detail)) }
        findings.append(
            .warn(
                "open files", detail,
                Wording(
                    "поднимите предел (LimitNOFILE= в systemd, ulimit -Hn) или уменьшите HTTP_MAX_CONNECTIONS",
                    "raise the limit (LimitNOFILE= of systemd, ulimit -Hn) or lower HTTP_MAX_CONNECTIONS")))
    }
}
