extension SettingTable {
    static let service = SettingGroup(
        "Service",
        [
            Setting("APP_ENV", \.deployment, .choice, "What the process is run for; production needs API keys."),
            Setting("API_KEYS_REQUIRED", \.access.keysRequired, .flag, "Whether every request needs an API key."),
            .reserved("TRUSTED_PROXIES", .text(upTo: 4096), "Proxies whose X-Forwarded-For header is believed."),
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
                "HTTP_MAX_BODY_BYTES", \.server.maxBodyBytes, .wholeNumber(1_024...67_108_864),
                "The longest request body; a longer one is answered with 413."),
            Setting(
                "HTTP_HEADER_TIMEOUT_MS", \.server.headerTimeout, .milliseconds(100...600_000),
                "The time from a request's first byte to the end of its head."),
            Setting(
                "HTTP_IDLE_TIMEOUT_MS", \.server.idleTimeout, .milliseconds(100...3_600_000),
                "How long a kept-alive connection may stay silent."),
            Setting(
                "HTTP_WRITE_TIMEOUT_MS", \.server.writeTimeout, .milliseconds(100...600_000),
                "How long writing a response may make no progress."),
            Setting(
                "HTTP_MAX_CONNECTIONS", \.server.maxConnections, .wholeNumber(1...1_000_000),
                "Open connections over all loops; further ones get 503 and are closed."),
            Setting(
                "DRAIN_TIMEOUT_MS", \.server.drainTimeout, .milliseconds(0...600_000),
                "What a stopping process gives its open requests and running jobs."),
            Setting(
                "CORS_ALLOW_ORIGINS", \.server.allowedOrigins, .origins,
                "Origins that browsers may call from: https://*.example.ru, onlyoffice://*, null, *."),
        ]
    )

    static let logging = SettingGroup(
        "Log",
        [
            Setting("LOG_LEVEL", \.logging.level, .choice, "Quieter events are not written."),
            Setting("LOG_FORMAT", \.logging.format, .choice, "auto is text on a terminal and JSON elsewhere."),
            Setting("LOG_FILE", \.logging.file, .optional(.path), "The log file; without one, standard error."),
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
                environmentFileName, \.paths.environmentFile, .optional(.path),
                "The .env file to read in place of the working folder's; only the environment can name it."),
        ]
    )
}
