import CLibrdkafka

/// The headers of a record that is about to be sent, until a client takes them over.
struct HeaderList: ~Copyable {
    /// NULL when there are no headers.
    let pointer: OpaquePointer?

    init(_ headers: [KafkaHeader]) {
        pointer = headers.isEmpty ? nil : rd_kafka_headers_new(headers.count)
        for header in headers {
            var name = header.name
            name.withUTF8 { name in
                name.withMemoryRebound(to: CChar.self) { add(header.value, named: $0) }
            }
        }
    }

    deinit {
        if let pointer { rd_kafka_headers_destroy(pointer) }
    }

    private func add(_ value: [UInt8]?, named name: UnsafeBufferPointer<CChar>) {
        // Adding fails only for lists that belong to a received message.
        guard let value else {
            rd_kafka_header_add(pointer, name.baseAddress, name.count, nil, 0)
            return
        }
        // An empty array may have no address, which would read as null.
        let first: UInt8 = 0
        withUnsafeBytes(of: first) { empty in
            value.withUnsafeBytes { bytes in
                _ = rd_kafka_header_add(
                    pointer, name.baseAddress, name.count, bytes.baseAddress ?? empty.baseAddress, bytes.count)
            }
        }
    }

    /// Leaves the list to the client.
    consuming func release() {
        discard self
    }
}
