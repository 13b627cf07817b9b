/// Every fault found in one submission.
public struct InputFaults: Error, Sendable, Equatable {
    /// In the order of the fields.
    public private(set) var list: [InputFault]

    init(list: [InputFault] = []) {
        self.list = list
    }

    /// A single fault.
    public init(_ location: [String], _ kind: InputFault.Kind, _ message: String) {
        list = [InputFault(location, kind, message)]
    }

    /// All faults in one line.
    public var summary: String {
        list.map { "\($0.location.joined(separator: ".")): \($0.message)" }.joined(separator: "; ")
    }

    mutating func collect<Value>(_ body: () throws(InputFaults) -> Value) -> Value? {
        do throws(InputFaults) {
            return try body()
        } catch {
            list += error.list
            return nil
        }
    }
}
