import CLibrdkafka

extension ClientHandle {
    /// Copies `record` into the client's queue. Its delivery report will carry `id`. Does not block.
    func produce(_ record: KafkaRecord, id: UInt) throws(KafkaError) {
        let headers = HeaderList(record.headers)
        let list = headers.pointer
        let error = withBytes(record.key) { key, keySize in
            withBytes(record.value) { value, valueSize in
                clibrdkafka_produce(
                    pointer, record.topic, record.partition ?? RD_KAFKA_PARTITION_UA, record.timestamp ?? 0,
                    key, keySize, value, valueSize, list, id)
            }
        }
        try KafkaError.check(error)
        headers.release()
    }
}

/// Null has the size -1; an empty array may have no address but has the size 0.
private func withBytes(
    _ bytes: [UInt8]?, _ body: (UnsafeRawPointer?, Int64) -> OpaquePointer?
) -> OpaquePointer? {
    guard let bytes else { return body(nil, -1) }
    return bytes.withUnsafeBytes { body($0.baseAddress, Int64($0.count)) }
}
