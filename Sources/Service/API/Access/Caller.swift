import Domain
import EventLoop
import HTTPServer
import Telemetry

/// Who sends a request. Confined to the request's loop.
final class Caller {
    /// How they have shown who they are.
    enum Identity {
        /// By knowing `ADMIN_API_KEY`.
        case administrator
        /// By a key.
        case key(APIKey)
        /// Not at all.
        case nobody
    }

    let identity: Identity
    /// Where the request comes from, through proxies that are believed.
    let address: SocketAddress
    /// How they stand with the limit that the request was counted against.
    @exclusivity(unchecked) var standing: (rule: RateRule, standing: RateStanding)?
    /// The trace that the request is part of; nil while nobody has asked.
    @exclusivity(unchecked) var trace: TraceContext?

    init(_ identity: Identity, address: SocketAddress) {
        self.identity = identity
        self.address = address
    }

    /// Whose jobs these are: what clients take turns by, and idempotency keys belong to.
    var client: String {
        if case .key(let key) = identity { ClientName.key(key.id) } else { address.host }
    }

    /// Whom their requests are counted for: a key, an IPv4 address, or the /64 network of an IPv6 address, of which a
    /// single client has all addresses (RFC 6177 §2).
    var rateName: String {
        if case .key(let key) = identity { return ClientName.key(key.id) }
        let octets = address.octets
        guard octets.count == 16 else { return address.host }
        return octets.prefix(8).map { String($0, radix: 16) }.joined(separator: ":") + "/64"
    }

    /// Which jobs are there for them.
    var viewer: JobViewer {
        switch identity {
        case .administrator: .administrator
        case .key(let key): key.allows(.admin) ? .administrator : .client(client)
        case .nobody: .keyless
        }
    }

    /// The name for the versions of what they change.
    var author: String {
        if case .key(let key) = identity { key.name } else { "admin" }
    }
}

extension Request {
    /// Who sends it; on open routes somebody at the other end of the connection.
    var caller: Caller {
        if let caller = principal as? Caller { return caller }
        let caller = Caller(.nobody, address: peer)
        principal = caller
        return caller
    }
}
