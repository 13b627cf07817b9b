/// Builds the tree of one document from its events.
struct YAMLComposer: ~Copyable {
    private var events: YAMLEventReader
    private var depth = 0

    init(events: consuming YAMLEventReader) {
        self.events = events
    }

    /// Reads the stream to its end.
    mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try events.next()  // The start of the stream.
        let start = try events.next()
        guard start.kind == .documentStart else { throw start.error(.empty) }
        let root = try node(from: try events.next())
        _ = try events.next()  // The end of the document.
        let end = try events.next()
        guard end.kind == .streamEnd else { throw end.error(.severalDocuments) }
        return root
    }

    private mutating func node(from event: YAMLEvent) throws(YAMLError) -> YAMLNode {
        guard !event.hasTag else { throw event.error(.tag) }
        switch event.kind {
        case .scalar(let text, let isPlain):
            return .scalar(YAMLScalar(text: text, isPlain: isPlain, line: event.line))
        case .sequenceStart:
            return .sequence(try elements(of: event), line: event.line)
        case .mappingStart:
            return .mapping(try entries(of: event), line: event.line)
        case .alias:
            throw event.error(.alias)
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            throw event.error(.syntax("expected a value"))
        }
    }

    private mutating func elements(of start: YAMLEvent) throws(YAMLError) -> [YAMLNode] {
        try enter(start)
        defer { depth -= 1 }
        var elements: [YAMLNode] = []
        while true {
            let event = try events.next()
            if event.kind == .sequenceEnd { return elements }
            elements.append(try node(from: event))
        }
    }

    private mutating func entries(of start: YAMLEvent) throws(YAMLError) -> [YAMLEntry] {
        try enter(start)
        defer { depth -= 1 }
        var entries: [YAMLEntry] = []
        var keys: Set<String> = []
        while true {
            let event = try events.next()
            if event.kind == .mappingEnd { return entries }
            let key = try key(from: event)
            guard keys.insert(key).inserted else { throw event.error(.repeatedKey(key)) }
            entries.append(YAMLEntry(key: key, value: try node(from: try events.next()), line: event.line))
        }
    }

    private func key(from event: YAMLEvent) throws(YAMLError) -> String {
        guard !event.hasTag else { throw event.error(.tag) }
        switch event.kind {
        case .scalar(let text, _): return text
        case .alias: throw event.error(.alias)
        default: throw event.error(.complexKey)
        }
    }

    private mutating func enter(_ event: YAMLEvent) throws(YAMLError) {
        guard depth < YAMLParser.maximumDepth else { throw event.error(.tooDeep(limit: YAMLParser.maximumDepth)) }
        depth += 1
    }
}
