import Glibc
import Postgres
import Storage

/// PostgreSQL: whether it answers, is new enough, has the right tables, has room, and tells the same time.
struct DatabaseChecks {
    private let configuration: Configuration
    private static let oldestVersion = 130_000
    private static let smallLead = Duration.seconds(1)
    private static let greatLead = Duration.seconds(30)

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    func findings(_ context: LoopProgram.Context) async -> [DoctorFinding] {
        let settings = PostgresConfiguration(configuration.database)
        do throws(PostgresError) {
            let facts = try await DatabaseInspection.look(
                at: settings, on: context.mainLoop, resolver: context.blocking)
            let tables = await checkMigrations(settings, context)
            return [checkVersion(facts), checkRights(facts), checkRoom(facts), Self.checkClock(facts.clockLead)]
                .compactMap(\.self)
                + [tables] + checkKeys(facts)
        } catch {
            return [
                .fail(
                    "database", Wording(same: "\(error)"),
                    Wording(
                        "проверьте DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD и то, что PostgreSQL запущен и "
                            + "пускает с этой машины (pg_hba.conf)",
                        "check DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD, and that PostgreSQL runs and lets this "
                            + "machine in (pg_hba.conf)"))
            ]
        }
    }

    private func checkVersion(_ facts: DatabaseInspection) -> DoctorFinding {
        let milliseconds = Int((facts.latency.inMilliseconds).rounded(.up))
        let detail = Wording(
            "PostgreSQL \(facts.versionText), ответ за \(milliseconds) мс",
            "PostgreSQL \(facts.versionText), answers within \(milliseconds) ms")
        guard facts.version >= Self.oldestVersion else {
            return .fail(
                "database", detail, Wording("нужен PostgreSQL 13 или новее", "PostgreSQL 13 or newer is needed"))
        }
        let host = configuration.database.host
        let isHere = host.hasPrefix("/") || host == "localhost" || host == "::1" || host.hasPrefix("127.")
        guard facts.isEncrypted || isHere else {
            return .warn(
                "database", Wording(detail.russian + ", без шифрования", detail.english + ", not encrypted"),
                Wording(
                    "включите TLS на сервере и DB_SSLMODE=verify-full", "turn TLS on and set DB_SSLMODE=verify-full"))
        }
        return .ok("database", detail)
    }

    private func checkRights(_ facts: DatabaseInspection) -> DoctorFinding? {
        guard !facts.mayCreate else { return nil }
        let user = configuration.database.user
        return .fail(
            "database rights",
            Wording("\(user) не может создавать таблицы", "\(user) may not make tables"),
            Wording("GRANT CREATE ON SCHEMA public TO \(user)", "GRANT CREATE ON SCHEMA public TO \(user)"))
    }

    private func checkRoom(_ facts: DatabaseInspection) -> DoctorFinding {
        let cores = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let needed = configuration.server.loopCount(cores: cores) * configuration.database.connectionsPerLoop + 1
        let free = facts.maximumConnections - facts.openConnections
        let detail = Wording(
            "свободно соединений: \(free), процессу нужно \(needed)",
            "\(free) connections are free, a process needs \(needed)")
        guard free < needed else { return .ok("database connections", detail) }
        return .warn(
            "database connections", detail,
            Wording(
                "поднимите max_connections или уменьшите DB_CONNECTIONS_PER_LOOP и HTTP_LOOPS",
                "raise max_connections, or lower DB_CONNECTIONS_PER_LOOP and HTTP_LOOPS"))
    }

    /// Judges how far this machine's clock is ahead of the database's.
    static func checkClock(_ lead: Duration) -> DoctorFinding {
        let distance = lead < .zero ? .zero - lead : lead
        let milliseconds = Int(distance.inMilliseconds.rounded())
        let detail = Wording(
            "расхождение с часами базы \(milliseconds) мс", "\(milliseconds) ms apart from the database's clock")
        let advice = Wording(
            "настройте синхронизацию времени (chrony, systemd-timesyncd) на обеих машинах",
            "keep the clocks of both machines right (chrony, systemd-timesyncd)")
        if distance > greatLead { return .fail("clock", detail, advice) }
        return distance > smallLead ? .warn("clock", detail, advice) : .ok("clock", detail)
    }

    private func checkMigrations(
        _ settings: PostgresConfiguration, _ context: LoopProgram.Context
    ) async -> DoctorFinding {
        let subject = "database tables"
        do throws(MigrationError) {
            let files = try Migration.load(from: configuration.paths.migrations)
            let pending = try await Migrator(settings, files: files)
                .pending(on: context.mainLoop, resolver: context.blocking)
            guard !pending.isEmpty else {
                return .ok(subject, Wording("миграции применены", "all migrations are applied"))
            }
            let names = pending.joined(separator: ", ")
            return .warn(
                subject, Wording("не применены: \(names)", "still to be applied: \(names)"),
                Wording(
                    "сервис применит их при запуске; заранее — `gigaoffice migrate`",
                    "the service applies them at its start; `gigaoffice migrate` does so before"))
        } catch {
            return .fail(
                subject, Wording(same: "\(error)"),
                Wording(
                    "запустите версию, которая подходит к базе, или верните файлы миграций",
                    "run the version that fits the database, or bring the migration files back"))
        }
    }

    private func checkKeys(_ facts: DatabaseInspection) -> [DoctorFinding] {
        guard let keys = facts.keys else { return [] }
        let access = configuration.access
        let detail = Wording("действующих ключей: \(keys.usable)", "\(keys.usable) usable keys")
        if keys.usable == 0, access.keysRequired {
            let advice = Wording(
                "создайте ключ: gigaoffice keys create --name …", "make a key: gigaoffice keys create --name …")
            let isShut = access.adminKey == nil
            return [isShut ? .fail("API keys", detail, advice) : .warn("API keys", detail, advice)]
        }
        guard keys.ending > 0 else { return [.ok("API keys", detail)] }
        return [
            .warn(
                "API keys",
                Wording(
                    "\(detail.russian), из них истекают за две недели: \(keys.ending)",
                    "\(detail.english), \(keys.ending) of them end within two weeks"),
                Wording(
                    "создайте новые и раздайте их: gigaoffice keys list, gigaoffice keys create",
                    "make new ones and hand them out: gigaoffice keys list, gigaoffice keys create"))
        ]
    }
}

extension Duration {
    /// The value in milliseconds.
    fileprivate var inMilliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1_000 + Double(attoseconds) * 1e-15
    }
}
