/// Divides scarce things between processes: slots, which are leased, and tokens of a rate, which are given in blocks.
/// The sum of all leases never exceeds a resource's limit. Callable from any loop's task.
public protocol CapacityLedger: Sendable {
    /// Gives back what is not kept, extends the rest by `lease`, and takes what is free of the owner's fair part, for
    /// all resources in one round trip. A lease counts from the moment at which the ledger answers, so an owner that
    /// counts from the moment of asking stops in time. The answers have the order of the wishes, whose resources are
    /// all different.
    func exchange(
        _ wishes: [CapacityWish], owner: String, lease: Duration
    ) async throws(StoreError) -> [CapacityGrant]

    /// Gives back all of the owner's leases.
    func withdraw(owner: String) async throws(StoreError)
}
