/// What libyaml saw next, in Swift's own memory.
struct YAMLEvent {
    enum Kind: Equatable {
        case streamStart, streamEnd, documentStart, documentEnd
        case sequenceStart, sequenceEnd, mappingStart, mappingEnd
        case scalar(String, isPlain: Bool)
        case alias
    }

    let kind: Kind
    let hasTag: Bool
    let line: Int
    let column: Int

    func error(_ reason: YAMLError.Reason) -> YAMLError {
        YAMLError(reason: reason, line: line, column: column)
    }
}
