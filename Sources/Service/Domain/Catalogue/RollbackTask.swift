public import JSON

/// Which earlier version somebody wants back.
public struct RollbackTask: Sendable, Equatable {
    /// The version's number, from 1.
    public let version: Int

    /// Reads what a client sent, or finds every fault. Unknown fields are ignored.
    public static func read(_ object: JSONObject) -> Result<RollbackTask, InputFaults> {
        var fields = FieldReader(object)
        let version = fields.number("version", in: 1...Int(Int32.max))
        if version == nil, fields.faults.isEmpty { fields.fault("version", .missing, "field required") }
        return fields.result(RollbackTask(version: version ?? 0))
    }
}
