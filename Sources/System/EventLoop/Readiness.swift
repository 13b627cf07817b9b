import CLinux

/// What a descriptor can be watched for, and what it turned out ready for.
public struct Readiness: OptionSet, Sendable {
    /// A union of epoll event bits.
    public let rawValue: UInt32

    /// Wraps raw epoll bits.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Bytes (or a connection) to take, or the end of the stream.
    public static let readable = Readiness(rawValue: CLINUX_EPOLLIN | CLINUX_EPOLLRDHUP)
    /// Room to write.
    public static let writable = Readiness(rawValue: CLINUX_EPOLLOUT)
    /// Report changes only (`EPOLLET`) instead of repeating while ready.
    public static let edgeTriggered = Readiness(rawValue: CLINUX_EPOLLET)

    private static let failure: UInt32 = CLINUX_EPOLLERR | CLINUX_EPOLLHUP

    /// Whether a read would not block: data, end of stream or an error to collect.
    public var canRead: Bool { rawValue & (Readiness.readable.rawValue | Readiness.failure) != 0 }
    /// Whether a write would not block, or would report an error.
    public var canWrite: Bool { rawValue & (Readiness.writable.rawValue | Readiness.failure) != 0 }
    /// Whether the peer has ended its side or the connection is broken; bytes may still be there to read.
    public var isHangup: Bool { rawValue & (CLINUX_EPOLLRDHUP | Readiness.failure) != 0 }
}

/// Receives the readiness of one registered descriptor, on the loop's thread.
public protocol ReadinessHandler: AnyObject {
    /// The descriptor became ready for `readiness`.
    func descriptorIsReady(_ readiness: Readiness)
}

/// One registration of a descriptor: its number and a generation, so that an event that was already on its way
/// for a closed descriptor never reaches the next one with the same number.
public struct EventToken: Hashable, Sendable {
    let descriptor: Int32
    let generation: UInt32

    var data: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor)) }

    init(descriptor: Int32, generation: UInt32) {
        self.descriptor = descriptor
        self.generation = generation
    }

    init(data: UInt64) {
        descriptor = Int32(bitPattern: UInt32(truncatingIfNeeded: data))
        generation = UInt32(data >> 32)
    }
}
