extension SettingTable {
    static let service = SettingGroup(
        "Service",
        [
            Setting("APP_ENV", \.deployment, .choice, "What the process is run for; production needs API keys."),
            Setting(
                "API_KEYS_REQUIRED", \.access.keysRequired, .flag,
                "Whether all requests but those about health need an API key."),
            Setting(
                "ADMIN_API_KEY", \.access.adminKey, .optional(.secret),
                "A key that may do everything, for a start; gigaoffice keys create makes others."),
            Setting(
                "TRUSTED_PROXIES", \.access.trustedProxies, .addressRanges,
                "Proxies whose X-Forwarded-For or Forwarded header is believed; without any, none is."),
            Setting(
                "RATE_LIMIT_PROCESS", \.access.processRate, .wholeNumber(0...1_000_000),
                "Jobs and requests to /v1 that a key, or else an address, may send in a minute; 0 for any number."),
            Setting(
                "RATE_LIMIT_CLASSIFY", \.access.classifyRate, .wholeNumber(0...1_000_000),
                "Texts that a key, or else an address, may have classified in a minute; 0 for any number."),
        ]
    )

    static let server = SettingGroup(
        "HTTP server",
        [
            Setting("HOST", \.server.host, .host, "The address to listen on."),
            Setting("PORT", \.server.port, .wholeNumber(0...65_535), "The TCP port; 0 takes any free one."),
            Setting(
                "HTTP_LOOPS", \.server.loops, .wholeNumber(0...Configuration.Server.maxLoops),
                "Event loops, one thread each; 0 makes one per core."),
            Setting(
                "DRAIN_DELAY_MS", \.server.drainDelay, .milliseconds(0...600_000),
                "How long a stopping process still accepts while /readyz says 503, so that balancers see it."
            ),
            Setting(
                "DRAIN_TIMEOUT_MS", \.server.drainTimeout, .milliseconds(0...600_000),
                "What a stopping process gives its open requests and running jobs."),
            Setting(
                "CORS_ALLOW_ORIGINS", \.server.allowedOrigins, .origins,
                "Origins that browsers may call from: https://*.example.ru, onlyoffice://*, null, *."),
        ]
    )

    static let serverLimits = SettingGroup(
        "HTTP server: limits",
        [
            Setting(
                "HTTP_MAX_REQUEST_LINE_BYTES", \.server.maxRequestLineBytes, .wholeNumber(256...32_768),
                "The longest request line; a longer one is answered with 414."),
            Setting(
                "HTTP_MAX_HEADER_BYTES", \.server.maxHeaderBytes, .wholeNumber(1_024...65_535),
                "The largest header section; a larger one is answered with 431."),
            Setting(
                "HTTP_MAX_HEADER_FIELDS", \.server.maxHeaderFields, .wholeNumber(10...10_000),
                "The most header fields; more are answered with 431."),
            Setting(
                "HTTP_MAX_BODY_BYTES", \.server.maxBodyBytes, .wholeNumber(1_024...67_108_864),
                "The longest request body; a longer one is answered with 413."),
            Setting(
                "HTTP_HEADER_TIMEOUT_MS", \.server.headerTimeout, .milliseconds(100...600_000),
                "The time from a request's first byte to the end of its head; then 408."),
            Setting(
                "HTTP_BODY_TIMEOUT_MS", \.server.bodyTimeout, .milliseconds(100...600_000),
                "The longest pause within a request body; then 408."),
            Setting(
                "HTTP_WRITE_TIMEOUT_MS", \.server.writeTimeout, .milliseconds(100...600_000),
                "How long a client may take no byte of a response; then it is cut off."),
            Setting(
                "HTTP_MIN_BYTES_PER_SECOND", \.server.minimumRate, .wholeNumber(0...1_048_576),
                "The least average rate of a body or a response once its timeout has passed; 0 asks for none."),
            Setting(
                "HTTP_IDLE_TIMEOUT_MS", \.server.idleTimeout, .milliseconds(100...3_600_000),
                "How long a kept-alive connection may stay silent."),
            Setting(
                "HTTP_MAX_CONNECTIONS", \.server.maxConnections, .wholeNumber(1...1_000_000),
                "Open connections over all loops; further ones get 503 and are closed."),
            Setting(
                "HTTP_MAX_CONNECTIONS_PER_CLIENT", \.server.maxConnectionsPerClient, .wholeNumber(0...1_000_000),
                "Open connections of one address (IPv6: one /64 network); 0 for no limit, as behind a proxy."),
            Setting(
                "HTTP_MAX_REQUESTS_PER_CONNECTION", \.server.maxRequestsPerConnection, .wholeNumber(1...1_000_000_000),
                "Requests on one connection; the last answer says Connection: close."),
            Setting(
                "HTTP_MAX_REQUESTS_IN_FLIGHT", \.server.maxRequestsInFlight, .wholeNumber(1...1_000_000),
                "Requests answered or waiting at a time; further ones get 503, but for health and metrics."),
            Setting(
                "HTTP_REQUEST_MEMORY_BYTES", \.server.requestMemory, .wholeNumber(1_048_576...1_099_511_627_776),
                "Memory of all request bodies on their way; beyond it they wait, then 503."),
            Setting(
                "HTTP_RESPONSE_MEMORY_BYTES", \.server.responseMemory, .wholeNumber(1_048_576...1_099_511_627_776),
                "Memory of responses to clients slow to take them; clients beyond it are cut off."),
        ]
    )

    static let metrics = SettingGroup(
        "Metrics",
        [
            Setting(
                "METRICS_ENABLED", \.metrics.isEnabled, .flag,
                "Whether anything is counted; without it there is no /metrics."),
            Setting(
                "METRICS_PORT", \.metrics.workerPort, .wholeNumber(0...65_535),
                "Where a process with `--role worker` answers for metrics, health and its log's level; 0 for nowhere."),
        ]
    )

    static let traces = SettingGroup(
        "Traces",
        [
            Setting(
                "OTEL_EXPORTER_OTLP_ENDPOINT", \.traces.endpoint, .optional(.url),
                "A collector of traces that takes OTLP over HTTP, such as http://127.0.0.1:4318; without one, none."),
            Setting(
                "OTEL_SERVICE_NAME", \.traces.serviceName, .text(upTo: 128), "What the service is called there."),
        ]
    )

    static let logging = SettingGroup(
        "Log",
        [
            Setting("LOG_LEVEL", \.logging.level, .choice, "Quieter events are not written."),
            Setting("LOG_FORMAT", \.logging.format, .choice, "auto is text on a terminal and JSON elsewhere."),
            Setting("LOG_FILE", \.logging.file, .optional(.path), "The log file beside standard error."),
            Setting(
                "LOG_RETENTION_DAYS", \.logging.days, .wholeNumber(0...36_500),
                "How many days' files are kept beside LOG_FILE, which begins anew each day; 0 keeps all."),
        ]
    )

    static let paths = SettingGroup(
        "Folders and files",
        [
            Setting(
                "RESOURCES_DIR", \.paths.resources, .path,
                "The folder of prompts, pages and configuration files."),
            Setting("MIGRATIONS_DIR", \.paths.migrations, .path, "The folder of the numbered SQL files."),
            Setting(
                "API_DOCS_DIR", \.paths.apiDocuments, .optional(.path),
                "The folder of Swagger UI and Redoc, filled by scripts/api-docs; /docs and /redoc need it."
            ),
            Setting(
                environmentFileName, \.paths.environmentFile, .optional(.path),
                "The .env file to read in place of the working folder's; only the environment can name it."),
        ]
    )
}
