import CLibz

/// Reads a gzip file as zlib does, which checks its length and sum.
public enum GzipDecoder {
    /// Why a file is none.
    public struct Failure: Error, Equatable {
        /// zlib's code.
        public let code: Int32
        /// Bytes that follow the end of the file.
        public let excess: Int
    }

    /// The content of `file`, which has to be a whole file and nothing else.
    public static func decode(_ file: [UInt8]) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        let version = ZLIB_VERSION
        let status = inflateInit2_(&stream, 15 + 16, version, Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { throw Failure(code: status, excess: 0) }
        defer { inflateEnd(&stream) }
        var content: [UInt8] = []
        let end = file.withUnsafeBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            return inflateAll(&stream, &content)
        }
        guard end == Z_STREAM_END, stream.avail_in == 0 else {
            throw Failure(code: end, excess: Int(stream.avail_in))
        }
        return content
    }

    private static func inflateAll(_ stream: inout z_stream, _ content: inout [UInt8]) -> Int32 {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 65_536) { scratch in
            while true {
                stream.next_out = scratch.baseAddress
                stream.avail_out = UInt32(scratch.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                content.append(contentsOf: scratch[..<(scratch.count - Int(stream.avail_out))])
                guard status == Z_OK else { return status }
            }
        }
    }
}
