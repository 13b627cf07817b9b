public import Domain
import JSON

/// A message that is sent once more.
public enum RedrivenMessage {
    /// The value to send for a message that lay at `original`: the same bytes, unless it is a job without an id. Such a
    /// job gets its id from where its message lies, and would be another job each time it is sent; so it gets the one
    /// that it had in its first place. Sending twice is harmless then, as it is for any job with an id.
    public static func value(_ value: [UInt8], from original: QueuePosition) -> [UInt8] {
        guard case .object(var object)? = parse(value), object["id"]?.isNull ?? true else { return value }
        object["id"] = .string(JobID(of: original).description)
        return JSONValue.object(object).serialized()
    }

    private static func parse(_ value: [UInt8]) -> JSONValue? {
        do throws(JSONParseError) {
            return try JSONParser().parse(value)
        } catch {
            return nil
        }
    }
}
