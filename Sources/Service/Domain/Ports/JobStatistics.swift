/// What became of jobs, by periods, over all processes. Any task of a loop; any number of processes.
public protocol JobStatistics: Sendable {
    /// The jobs that ended within the period up to now, those that were deleted since included. May be some seconds
    /// old.
    func report(over period: StatisticsPeriod) async throws(StoreError) -> PeriodReport

    /// Adds up what ended in the oldest stretch of time that is over and was not added up yet, so that it outlives its
    /// jobs and need not be read again. False when there is none, or another process is at it.
    func addUpNext() async throws(StoreError) -> Bool

    /// What waits and runs now; of the waiting jobs at most `limit` are looked at.
    func backlog(upTo limit: Int) async throws(StoreError) -> JobBacklog
}
