import Domain

extension CommandTable {
    static let jobs = CommandFamily(
        name: "jobs",
        summary: "list, show, cancel and retry jobs",
        details: ["Looks at the jobs in the database and changes them. The service need not run."],
        members: [jobsList, jobsShow, jobsCancel, jobsRetry],
        example: "gigaoffice jobs list --status failed"
    )

    private static let jobsList = CommandSpecification(
        name: "jobs list",
        summary: "list jobs, youngest first",
        details: ["Prints a line for each job, youngest first. With --json a line of JSON for each."],
        initial: JobsListOptions(),
        options: [
            .value("--status", "S", \.state, .optional(.choice), "only jobs that stand so: queued, failed, …"),
            .value("--client", "C", \.client, .optional(.text(upTo: 256)), "only jobs of this client"),
            .value("--limit", "N", \.limit, .wholeNumber(1...10_000), default: "20", "list no more than these"),
            .flag("--json", \.asJSON, "print lines of JSON"),
            environmentFile(\.environmentFile),
        ],
        environment: ["DB_*"],
        example: "gigaoffice jobs list --status failed --limit 50",
        command: Command.jobsList
    )

    private static let jobsShow = CommandSpecification(
        name: "jobs show",
        summary: "show everything about a job but its tables",
        details: ["Prints what is known about one job: its question, where it stands, what came of it."],
        initial: JobsOptions(),
        operand: .list("ID", \.ids, .jobID, "the job's id, as the API gave it"),
        options: [.flag("--json", \.asJSON, "print one line of JSON"), environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice jobs show 01a1fbda-c302-7587-83c3-f49af5c6be82",
        command: Command.jobsShow
    )

    private static let jobsCancel = CommandSpecification(
        name: "jobs cancel",
        summary: "cancel jobs that have not ended",
        details: [
            "Cancels jobs, wherever they run, as DELETE /api/ai/requests/{id} does. Ends with 1 when one of them had",
            "ended already or is unknown.",
        ],
        initial: JobsOptions(),
        operand: .list("ID", \.ids, .jobID, isRepeatable: true, "ids of jobs"),
        options: [environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice jobs cancel 01a1fbda-c302-7587-83c3-f49af5c6be82",
        command: Command.jobsCancel
    )

    private static let jobsRetry = CommandSpecification(
        name: "jobs retry",
        summary: "put failed or cancelled jobs back into the queue",
        details: [
            "Puts jobs that failed or were cancelled back into the queue, with no attempts used up. Ends with 1 when",
            "one of them has not ended, is completed or unknown. A running service takes it from there.",
        ],
        initial: JobsOptions(),
        operand: .list("ID", \.ids, .jobID, isRepeatable: true, "ids of jobs"),
        options: [environmentFile(\.environmentFile)],
        environment: ["DB_*"],
        example: "gigaoffice jobs retry 01a1fbda-c302-7587-83c3-f49af5c6be82",
        command: Command.jobsRetry
    )
}
