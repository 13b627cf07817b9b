/// What the program was asked to do, with everything needed to do it.
enum Command: Sendable, Equatable {
    case serve(ServeOptions)
    case migrate(MigrateOptions)
    case config(ConfigOptions)
    /// Print the version, as JSON if asked.
    case version(asJSON: Bool)
    case devBroker(DevBrokerOptions)
    case fakeGigaChat(FakeGigaChatOptions)
    case health(HealthOptions)
    case models(ModelsOptions)
    case jobsList(JobsListOptions)
    case jobsShow(JobsOptions)
    case jobsCancel(JobsOptions)
    case jobsRetry(JobsOptions)
    case deadLettersList(DeadLetterOptions)
    case deadLettersShow(DeadLetterOptions)
    case deadLettersRedrive(DeadLetterOptions)
    case promptsCheck(PromptsOptions)
    case promptsExport(PromptFileOptions)
    case promptsImport(PromptFileOptions)
    case keysCreate(KeysCreateOptions)
    case keysList(KeysOptions)
    case keysRevoke(KeysOptions)
    case doctor(DoctorOptions)
    /// Print this text to standard output and end well.
    case help(String)
}
