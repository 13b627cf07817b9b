import CLibyaml

/// libyaml's parser over bytes in memory.
struct YAMLEventReader: ~Copyable {
    // Safety: the parser keeps a pointer to itself, so it must not move; it is freed with this value. The bytes
    // must outlive it.
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
        parser = .allocate(capacity: 1)
        parser.initialize(to: yaml_parser_t())
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw YAMLError(reason: .outOfMemory, line: 1, column: 1)
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; not to be called after `streamEnd` or an error.
    mutating func next() throws(YAMLError) -> YAMLEvent {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
        defer { yaml_event_delete(&event) }
        return YAMLEvent(event)
    }

    private func failure() -> YAMLError {
        let state = parser.pointee
        guard state.error != YAML_MEMORY_ERROR else { return YAMLError(reason: .outOfMemory, line: 1, column: 1) }
        let problem = state.problem.map { String(cString: $0) } ?? "not YAML"
        // An encoding fault is found ahead of the scanner, which then has no mark for it.
        let mark = state.error == YAML_READER_ERROR ? state.mark : state.problem_mark
        return YAMLError(reason: .syntax(problem), line: mark.line + 1, column: mark.column + 1)
    }
}

extension YAMLEvent {
    /// Copies what libyaml will free.
    fileprivate init(_ event: yaml_event_t) {
        var hasTag = false
        switch event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_STREAM_END_EVENT: kind = .streamEnd
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            kind = .scalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
            hasTag = scalar.tag != nil
        case YAML_SEQUENCE_START_EVENT:
            kind = .sequenceStart
            hasTag = event.data.sequence_start.tag != nil
        case YAML_MAPPING_START_EVENT:
            kind = .mappingStart
            hasTag = event.data.mapping_start.tag != nil
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        // libyaml has no further event except YAML_NO_EVENT, which it gives only after the end of the stream.
        default: kind = .streamEnd
        }
        self.hasTag = hasTag
        line = event.start_mark.line + 1
        column = event.start_mark.column + 1
    }
}
