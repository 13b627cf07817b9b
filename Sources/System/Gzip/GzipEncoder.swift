import CLibz

/// Makes one gzip file (RFC 1952) of data that comes in pieces. The same pieces give the same bytes: no time and no
/// name stand in the file. Holds ``footprint`` bytes until it ends, whatever the length of the data. Any thread, one
/// at a time.
public struct GzipEncoder: ~Copyable {
    /// How hard zlib tries: from fast to small.
    public static let levels = 1...9
    /// What an encoder holds, in bytes: window and tables of 128 KiB each, and some state.
    public static let footprint = 268_000

    // Safety: zlib keeps a pointer to the stream, so it must not move; it is freed with this value.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Window of 32 KiB (15 bits); 16 more ask for the gzip wrapper.
    private static let windowBits: Int32 = 15 + 16
    /// zlib's default.
    private static let memoryLevel: Int32 = 8
    private static let scratchSize = 16_384

    /// An encoder that has seen nothing; `level` is one of ``levels``.
    public init(level: Int) throws(GzipError) {
        precondition(Self.levels.contains(level), "level out of range")
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, Int32(level), Z_DEFLATED, Self.windowBits, Self.memoryLevel, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else {
            stream.deallocate()
            throw status == Z_MEM_ERROR ? .outOfMemory : .unusableLibrary(code: status)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// Takes the next piece, of less than 4 GiB, and appends to `output` what has become ready; often that is nothing.
    public mutating func append(_ piece: RawSpan, to output: inout [UInt8]) {
        // zlib takes a call that cannot make progress for an error.
        guard !piece.isEmpty else { return }
        run(piece, Z_NO_FLUSH, &output)
    }

    /// Appends all that is left, and the trailer.
    public consuming func finish(into output: inout [UInt8]) {
        run([UInt8]().span.bytes, Z_FINISH, &output)
    }

    private func run(_ piece: RawSpan, _ flush: Int32, _ output: inout [UInt8]) {
        piece.withUnsafeBytes { input in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.scratchSize) { scratch in
                stream.pointee.next_in = UnsafePointer(input.baseAddress?.assumingMemoryBound(to: UInt8.self))
                stream.pointee.avail_in = UInt32(input.count)
                repeat {
                    stream.pointee.next_out = scratch.baseAddress
                    stream.pointee.avail_out = UInt32(scratch.count)
                    let status = deflate(stream, flush)
                    // Z_BUF_ERROR: the last round has filled the scratch to the brim and nothing was left for this one.
                    precondition(status != Z_STREAM_ERROR, "deflate failed")
                    output.append(contentsOf: scratch[..<(scratch.count - Int(stream.pointee.avail_out))])
                } while stream.pointee.avail_out == 0
            }
        }
        // Neither buffer is valid any longer.
        stream.pointee.next_in = nil
        stream.pointee.next_out = nil
    }
}
