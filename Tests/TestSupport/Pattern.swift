/// So many bytes in which a lost, doubled or moved piece shows: they repeat after 4 099, a prime. Made in large steps,
/// since one for each of some millions of bytes takes a minute where a sanitizer watches it.
public func patternedBytes(_ count: Int) -> [UInt8] {
    let block = (0..<4_099).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + block.count)
    while bytes.count < count { bytes += block }
    bytes.removeLast(bytes.count - count)
    return bytes
}
