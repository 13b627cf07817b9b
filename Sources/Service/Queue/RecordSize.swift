/// How large what is sent to Kafka may become.
public enum RecordSize {
    /// The most bytes of a record or of a batch of records, where the values of messages for workers have at most
    /// `inlineBytes`: room for such a value with its key and headers, and for a dead letter. A topic that takes less
    /// (`max.message.bytes`) refuses whole batches.
    public static func maximum(inlineBytes: Int) -> Int {
        max(DeadLetter.maximumRecordBytes, inlineBytes + 65_536)
    }
}
