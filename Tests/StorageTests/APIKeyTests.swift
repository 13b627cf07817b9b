import Domain
import JSON
import Storage
import Telemetry
import Testing

@Suite("API keys in the database", .serialized)
struct APIKeyTests {
    private static func key(_ name: String, _ byte: UInt8, scopes: Set<Scope> = [.submit, .read]) -> APIKey {
        var generator = SystemRandomNumberGenerator()
        let now = WallTime(microseconds: WallTime.now.microseconds)
        return APIKey(
            id: APIKeyID(at: now, using: &generator), name: name, prefix: "go_abc",
            digest: Array(repeating: byte, count: 32), scopes: scopes, ratePerMinute: 7,
            expiresAt: WallTime(microseconds: now.microseconds + 1_000_001), createdAt: now)
    }

    @Test("come back as they were stored")
    func roundTrip() async throws {
        try await Bench.run { bench in
            var plain = Self.key("plain", 2, scopes: [.admin])
            plain.ratePerMinute = nil
            plain.expiresAt = nil
            plain.createdAt = WallTime(microseconds: plain.createdAt.microseconds - 1_000)
            let keys = [Self.key("Имя с \"кавычками\"", 1, scopes: Set(Scope.allCases)), plain]
            for key in keys { #expect(try await bench.keys.add(key)) }
            let known = try await bench.keys.usableKeys().keys
            #expect(known.sorted { $0.digest[0] < $1.digest[0] } == keys)
            #expect(Set(try await bench.keys.list(limit: 10, before: nil).map(\.name)) == Set(keys.map(\.name)))
            let youngest = try await bench.keys.list(limit: 1, before: nil)
            #expect(youngest.map(\.id) == [keys[0].id])
            #expect(try await bench.keys.list(limit: 9, before: keys[0].id).map(\.id) == [plain.id])
            #expect(try await bench.keys.list(limit: 9, before: plain.id).isEmpty)
            #expect(try await bench.keys.list(limit: 9, before: Self.key("unknown", 3).id).isEmpty)
        }
    }

    @Test("that are revoked are listed and no longer usable; a second time and an unknown id change nothing")
    func revoke() async throws {
        try await Bench.run { bench in
            let (key, other) = (Self.key("a", 1), Self.key("b", 2))
            for key in [key, other] { #expect(try await bench.keys.add(key)) }
            #expect(try await bench.keys.revoke(key.id) == true)
            #expect(try await bench.keys.usableKeys().keys.map(\.name) == ["b"])
            #expect(try await bench.keys.list(limit: 9, before: nil).first { $0.id == key.id }?.revokedAt != nil)
            let revision = try await bench.keys.revision()
            #expect(try await bench.keys.revoke(key.id) == false)
            #expect(try await bench.keys.revoke(Self.key("c", 3).id) == nil)
            #expect(try await bench.keys.usableKeys().revision >= revision)
        }
    }

    @Test("change the revision however they are changed, but not by their use, which never goes back")
    func revisions() async throws {
        try await Bench.run { bench in
            let key = Self.key("a", 1)
            var last = try await bench.keys.revision()
            #expect(try await bench.keys.add(key))
            for change in [
                "SELECT 1", "UPDATE api_keys SET revoked_at = now()", "UPDATE api_keys SET scopes = '{admin}'",
                "DELETE FROM api_keys",
            ] {
                try await bench.sql(change)
                let revision = try await bench.keys.revision()
                #expect(revision > last, "\(change)")
                last = revision
            }
            let used = Self.key("b", 2)
            #expect(try await bench.keys.add(used))
            last = try await bench.keys.revision()
            let time = WallTime(microseconds: 1_778_314_530_123_456)
            try await bench.keys.noteUses([used.id: time])
            try await bench.keys.noteUses([used.id: WallTime(microseconds: 5)])
            #expect(try await bench.keys.revision() == last)
            #expect(try await bench.keys.list(limit: 1, before: nil).first?.lastUsedAt == time)
        }
    }

    @Test("feedback and jobs are there for those who may see them only")
    func viewers() async throws {
        try await Bench.run { bench in
            let mine = ClientName.key(Self.key("a", 1).id)
            let other = ClientName.key(Self.key("b", 2).id)
            let id = try await bench.submit(client: mine)
            let open = try await bench.submit(client: "10.0.0.1")
            let object = JSONObject([("ai_request_id", .string(id.description)), ("rating", true)])
            let draft = try FeedbackDraft.read(object).get()
            for (viewer, sees) in [
                (JobViewer.client(mine), true), (.client(other), false), (.keyless, false), (.administrator, true),
            ] {
                #expect(try await (bench.store.status(of: id, for: viewer) != nil) == sees)
                #expect(try await (bench.store.result(of: id, for: viewer) != nil) == sees)
                #expect(try await (bench.feedback.add(draft, to: id, for: viewer) != nil) == sees)
            }
            #expect(try await bench.store.status(of: open, for: .keyless) != nil)
            #expect(try await bench.store.status(of: open, for: .client(mine)) == nil)
            #expect(try await bench.feedback.add(draft, to: open, for: .keyless) != nil)
        }
    }
}
