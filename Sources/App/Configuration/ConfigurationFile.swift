/// The JSON files that may hold settings, by their names in `resources/config`.
enum ConfigurationFile: String, CaseIterable, Sendable {
    case database = "database_config.json"
    case gigachat = "gigachat_config.json"
    case kafka = "kafka_config.json"
}
