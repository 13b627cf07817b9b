/// One of many clients that occupy the server without asking much of it.
protocol CrowdMember: AnyObject {
    /// Whether it does to the server what it is there for.
    var isInPlace: Bool { get }

    /// How often the server or the system has ended its connection.
    var losses: Int { get }

    /// Its turn: connects, or does its next small thing.
    func step()

    func close()
}
