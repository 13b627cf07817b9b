import Domain
import Hashing
import JSON
import Telemetry

/// Reads a message of another producer, or one of ours as they were before they had headers.
struct MessageDecoder: Sendable {
    private static let maximumBytes = 8 << 20
    private let parser = JSONParser()
    private let reader = JobInputReader(queryField: "query")

    /// Throws the reason why the message can never be used.
    func decode(_ delivery: JobDelivery) throws(UnusableMessage) -> AdoptedJob {
        guard let value = delivery.value else { throw UnusableMessage("the message has no value") }
        guard value.count <= Self.maximumBytes else {
            throw UnusableMessage("the value has more than \(Self.maximumBytes) bytes")
        }
        guard case .object(let object) = try parse(value) else {
            throw UnusableMessage("the value is not a JSON object")
        }
        let id = try id(object, delivery.position)
        switch reader.read(object) {
        case .success(var input):
            input.trace = delivery.trace ?? TraceContext(namedAfter: id)
            let ticket = JobTicket(id: id, client: client(object), priority: input.priority, createdAt: .now)
            return AdoptedJob(
                ticket: ticket, input: input, position: delivery.position,
                userID: user(object).flatMap { Int32(exactly: $0) })
        case .failure(let faults): throw UnusableMessage(faults.summary)
        }
    }

    private func parse(_ value: [UInt8]) throws(UnusableMessage) -> JSONValue {
        do throws(JSONParseError) {
            return try parser.parse(value)
        } catch {
            throw UnusableMessage("the value is not JSON: \(error)")
        }
    }

    /// Producers that name the user share by user.
    private func client(_ object: JSONObject) -> String {
        user(object).map { "kafka:user:\($0)" } ?? "kafka"
    }

    /// Producers that know of no user send 0.
    private func user(_ object: JSONObject) -> Int? {
        object["user_id"]?.intValue.flatMap { $0 == 0 ? nil : $0 }
    }

    /// A producer that gives no id gets one made from where the message lies, so that a redelivery is the same job.
    private func id(_ object: JSONObject, _ position: QueuePosition) throws(UnusableMessage) -> JobID {
        guard let value = object["id"], !value.isNull else { return JobID(of: position) }
        guard case .string(let text) = value, let id = JobID(text) else {
            throw UnusableMessage("id: must be a UUID")
        }
        return id
    }
}

/// A message that no worker can do anything with.
struct UnusableMessage: Error, Sendable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}

extension JobID {
    /// A custom UUID (version 8, RFC 9562 §5.8) from a hash of the position.
    init(of position: QueuePosition) {
        let hash = SHA256.hash("\(position.topic)/\(position.partition)/\(position.offset)").bytes
        let halves = [hash[0..<8], hash[8..<16]].map { half in half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(
            high: halves[0] & 0xFFFF_FFFF_FFFF_0FFF | 0x8000,
            low: halves[1] & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000)
    }
}
