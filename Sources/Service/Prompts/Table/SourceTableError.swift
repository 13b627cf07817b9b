/// What is wrong with the cells a client sent. Lists the faults in order, the first `maximumFaults` of them.
public struct SourceTableError: Error, Sendable, Equatable {
    /// Further faults are not looked for: a client mends them by the dozen, not by the thousand.
    public static let maximumFaults = 50

    /// At least one.
    public let faults: [Fault]

    /// One place in the input that is not what it must be.
    public struct Fault: Sendable, Equatable {
        /// From the outermost array inwards; empty for the input itself.
        public let location: [Step]
        /// What would have been right there.
        public let expected: Expectation
        /// What is there, as `JSONValue.kindName` says it: `object`, `integer`, …
        public let found: String

        /// The place as a person writes it: `input_data[3][2]`, `input_data[0].Имя`.
        public var path: String {
            location.reduce(into: "input_data") { path, step in
                switch step {
                case .index(let index): path += "[\(index)]"
                case .key(let key): path += ".\(key)"
                }
            }
        }
    }

    /// One step inwards.
    public enum Step: Sendable, Equatable {
        /// Into an array, from 0.
        case index(Int)
        /// Into an object.
        case key(String)
    }

    /// What a place in the input must hold.
    public enum Expectation: Sendable, Equatable {
        /// The input: an array of rows, or null.
        case rows
        /// An element of the input: an array or an object.
        case row
        /// A row where the first one was an array.
        case arrayLikeFirstRow
        /// A row where the first one was an object.
        case objectLikeFirstRow
        /// A cell: string, number, boolean or null.
        case scalar
        /// At most this many rows.
        case rowsAtMost(Int)
        /// At most this many columns.
        case columnsAtMost(Int)
        /// At most this many cells in all.
        case cellsAtMost(Int)
    }
}
