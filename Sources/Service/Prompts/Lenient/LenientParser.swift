import JSON

/// Parses one container out of a longer text. Works on its own stack, so depth costs no native stack, and moves only
/// forward, so an attempt costs time linear in what it consumed.
struct LenientParser {
    /// Deeper nesting is no table.
    static let maximumDepth = 32

    /// How an attempt ended, and where.
    struct Attempt {
        enum Result {
            /// All of it was read.
            case complete(LenientNode)
            /// The text stopped or stopped making sense; what was whole by then, if it has whole rows.
            case broken(salvaged: LenientNode?)
            /// Nested too deep.
            case tooDeep
        }

        let result: Result
        let end: Int
        /// Rows were left out with an ellipsis.
        let hasEllipsis: Bool
    }

    private var scanner: LenientScanner
    private var stack: [LenientFrame] = []
    private var root: LenientNode?
    private var hasEllipsis = false

    private enum Fault {
        case broken, tooDeep
    }

    /// Reads the array or object whose opening bracket is at `start`.
    static func parse(_ bytes: [UInt8], at start: Int) -> Attempt {
        var parser = LenientParser(scanner: LenientScanner(bytes, at: start))
        return parser.run()
    }

    private init(scanner: LenientScanner) {
        self.scanner = scanner
    }

    private mutating func run() -> Attempt {
        var fault = value()
        while fault == nil, root == nil {
            scanner.skipBlanks()
            fault = scanner.isAtEnd ? .broken : step()
        }
        let result: Attempt.Result
        switch (root, fault) {
        case (let root?, _): result = .complete(root)
        case (_, .tooDeep): result = .tooDeep
        default: result = .broken(salvaged: LenientFrame.salvage(stack))
        }
        return Attempt(result: result, end: scanner.position, hasEllipsis: hasEllipsis)
    }

    private mutating func step() -> Fault? {
        let byte = scanner.byte(scanner.position)
        let top = stack.count - 1
        // The frame is not taken out to be looked at: a copy of it would make `add` copy all that was read so far.
        guard top >= 0 else { return .broken }
        if byte == stack[top].closer {
            scanner.position += 1
            return add(stack.removeLast().closed())
        }
        if byte == Byte.comma {
            scanner.position += 1
            stack[top].passComma()
            return nil
        }
        return stack[top].needsKey ? key() : value()
    }

    private mutating func key() -> Fault? {
        guard let key = scanner.string(.key) ?? scanner.bareKey() else {
            return skippedEllipsis() ? nil : .broken
        }
        scanner.skipBlanks()
        guard scanner.byte(scanner.position) == Byte.colon else { return .broken }
        scanner.position += 1
        stack[stack.count - 1].pendingKey = key
        return nil
    }

    private mutating func value() -> Fault? {
        let byte = scanner.byte(scanner.position)
        switch byte {
        case Byte.openBracket: return open(.array(closer: Byte.closeBracket))
        case Byte.openBrace: return open(.object)
        case Byte.openParenthesis: return open(.array(closer: Byte.closeParenthesis))
        default: break
        }
        if QuoteMark(openingAt: scanner.position, in: scanner) != nil {
            let isMember = stack.last?.isObject ?? false
            guard let text = scanner.string(isMember ? .memberValue : .element) else { return .broken }
            return add(.scalar(.string(text)))
        }
        if skippedEllipsis() { return nil }
        guard let scalar = scanner.bareScalar() else { return .broken }
        return add(.scalar(scalar))
    }

    private mutating func skippedEllipsis() -> Bool {
        guard scanner.skipEllipsis() else { return false }
        hasEllipsis = true
        stack[stack.count - 1].passEllipsis()
        return true
    }

    private mutating func open(_ kind: LenientFrame.Kind) -> Fault? {
        guard stack.count < Self.maximumDepth else { return .tooDeep }
        scanner.position += 1
        stack.append(LenientFrame(kind))
        return nil
    }

    private mutating func add(_ node: LenientNode) -> Fault? {
        if stack.isEmpty {
            root = node
        } else {
            stack[stack.count - 1].add(node)
        }
        return nil
    }
}
