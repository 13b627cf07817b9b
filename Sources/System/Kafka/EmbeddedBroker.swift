import CLibrdkafka
import EventLoop

/// Brokers inside this process that speak Kafka's protocol on loopback ports: librdkafka's mock cluster. For tests,
/// and for trying a program without a cluster.
///
/// Its limits: everything is in memory and gone with the process. A partition keeps at most 5 MiB and 100 000
/// batches and silently drops the oldest ones beyond that. A new group takes 3 s to form, a changing one nearly a
/// session time-out, and commits are refused meanwhile. Topics that nobody created come into being with four
/// partitions when a producer names them. There is no admin API (`KafkaAdmin.createTopics` throws `unsupported`),
/// no security and no compaction.
///
/// All methods may be called from any thread; they block for a moment.
public final class EmbeddedBroker: Sendable {
    /// What `KafkaConfiguration.bootstrapServers` wants.
    public let bootstrapServers: String
    private let cluster: Lock<Cluster?>
    /// Of the brokers that are off the net, by their numbers.
    private let keptPorts = Lock<[Int: PortReservation]>([:])

    /// Starts `brokers` brokers, numbered from 1, on free ports. Throws `configuration` when the client behind them
    /// cannot start and `unavailable` when they cannot.
    public init(brokers: Int = 1) throws(KafkaError) {
        let configuration = KafkaConfiguration(bootstrapServers: "", clientID: "embedded-broker")
        let settings = try ClientSettings(configuration, events: RD_KAFKA_EVENT_LOG)
        let handle = try settings.start(RD_KAFKA_PRODUCER)
        guard let pointer = rd_kafka_mock_cluster_new(handle.pointer, Int32(clamping: max(1, brokers))) else {
            handle.destroy()
            throw KafkaError(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, message: "the embedded broker did not start")
        }
        bootstrapServers = String(cString: rd_kafka_mock_cluster_bootstraps(pointer))
        cluster = Lock(Cluster(pointer: pointer, handle: handle))
    }

    /// Creates a topic. Throws `rejected` when it exists.
    public func createTopic(_ name: String, partitions: Int = 1, replication: Int = 1) throws(KafkaError) {
        try call { cluster in
            rd_kafka_mock_topic_create(cluster, name, Int32(clamping: partitions), Int32(clamping: replication))
        }
    }

    /// Takes a broker (from 1) off the net: its connections break and new ones are refused, what it stores stays.
    ///
    /// Its port is kept for it: librdkafka ends the process when another has got it by the time the broker comes back.
    /// Throws `unavailable` when another was faster than that.
    public func takeDown(broker: Int = 1) throws(KafkaError) {
        try call { rd_kafka_mock_broker_set_down($0, Int32(clamping: broker)) }
        guard let address = address(of: broker) else { return }
        do throws(SystemError) {
            let reservation = try PortReservation(of: address)
            keptPorts.withLock { $0[broker] = reservation }
        } catch {
            throw KafkaError(RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, message: "the broker's port is lost: \(error)")
        }
    }

    /// Puts a broker back on the net.
    public func bringUp(broker: Int = 1) throws(KafkaError) {
        defer { keptPorts.withLock { $0[broker] = nil } }
        try call { rd_kafka_mock_broker_set_up($0, Int32(clamping: broker)) }
    }

    private func address(of broker: Int) -> SocketAddress? {
        let servers = bootstrapServers.split(separator: ",")
        guard servers.indices.contains(broker - 1), let colon = servers[broker - 1].lastIndex(of: ":"),
            let port = UInt16(servers[broker - 1][colon...].dropFirst())
        else { return nil }
        return SocketAddress(host: String(servers[broker - 1][..<colon]), port: port)
    }

    /// Ends the brokers and forgets what they stored. Later calls on this object throw `closed`.
    public func close() {
        let ended = cluster.withLock { cluster in
            let ended = cluster
            cluster = nil
            return ended
        }
        guard let ended else { return }
        keptPorts.withLock { $0 = [:] }
        rd_kafka_mock_cluster_destroy(ended.pointer)
        ended.handle.destroy()
    }

    private func call(_ body: (OpaquePointer) -> rd_kafka_resp_err_t) throws(KafkaError) {
        try cluster.withLock { cluster throws(KafkaError) in
            guard let cluster else { throw .closed }
            try KafkaError.check(body(cluster.pointer))
        }
    }
}

/// The brokers and the client that hosts them.
private struct Cluster: @unchecked Sendable {
    // Safety: the pointer is used only under the lock that holds this value, or by the one call that took it out.
    let pointer: OpaquePointer
    let handle: ClientHandle
}
