/// A promise of a parser that some input broke.
public struct Violation: Error, CustomStringConvertible {
    /// Which promise, in one sentence.
    public let description: String

    /// Throws, with the sentence that is not true, unless `isKept`.
    static func unless(_ isKept: Bool, _ description: @autoclosure () -> String) throws(Violation) {
        guard isKept else { throw Violation(description: description()) }
    }
}
