import JSON

/// A container that is being read.
struct LenientFrame {
    enum Kind {
        case array(closer: UInt8)
        case object
    }

    let kind: Kind
    /// The key whose value comes next.
    var pendingKey: String?
    private var elements: [LenientNode] = []
    private var members: [LenientNode.Member] = []
    /// A comma here stands for a missing value, as in `[1,,2]`.
    private var awaitsValue = true

    init(_ kind: Kind) {
        self.kind = kind
    }

    var isObject: Bool {
        if case .object = kind { true } else { false }
    }

    var closer: UInt8 {
        switch kind {
        case .array(let closer): closer
        case .object: Byte.closeBrace
        }
    }

    var needsKey: Bool { isObject && pendingKey == nil }

    mutating func add(_ node: LenientNode) {
        awaitsValue = false
        guard isObject else {
            elements.append(node)
            return
        }
        guard let key = pendingKey else { return }
        members.append(LenientNode.Member(key: key, value: node))
        pendingKey = nil
    }

    mutating func passComma() {
        if isObject {
            if pendingKey != nil { add(.scalar(.null)) }
        } else if awaitsValue {
            elements.append(.scalar(.null))
        }
        awaitsValue = true
    }

    mutating func passEllipsis() {
        awaitsValue = false
    }

    /// The container, with null for a key that got no value.
    func closed() -> LenientNode {
        guard isObject else { return .array(elements) }
        guard let key = pendingKey else { return .object(members) }
        return .object(members + [LenientNode.Member(key: key, value: .scalar(.null))])
    }

    /// What is whole in a stack of open containers: the rows closed so far of the outermost array, inside whatever
    /// objects wrap it. Nil when there are none. A row that was cut is dropped, never shortened.
    static func salvage(_ stack: [LenientFrame]) -> LenientNode? {
        var wrappers: [LenientFrame] = []
        for (depth, frame) in stack.enumerated() {
            let child = depth + 1 < stack.count ? stack[depth + 1] : nil
            if frame.isObject {
                guard frame.pendingKey == nil || child == nil else {
                    wrappers.append(frame)
                    continue
                }
                let hasContainer = frame.members.contains(where: \.value.isContainer)
                return hasContainer ? wrap(.object(frame.members), in: wrappers) : nil
            }
            if frame.elements.isEmpty, child?.holdsRows == true { continue }
            let hasRows = !frame.elements.isEmpty && frame.elements.allSatisfy(\.isContainer)
            return hasRows ? wrap(.array(frame.elements), in: wrappers) : nil
        }
        return nil
    }

    private static func wrap(_ node: LenientNode, in wrappers: [LenientFrame]) -> LenientNode {
        wrappers.reversed().reduce(node) { inner, wrapper in
            var wrapper = wrapper
            wrapper.add(inner)
            return wrapper.closed()
        }
    }

    /// Whether this is an array that a needless second pair of brackets may wrap: its elements so far are rows.
    private var holdsRows: Bool {
        !isObject && elements.first?.isContainer == true
    }
}
