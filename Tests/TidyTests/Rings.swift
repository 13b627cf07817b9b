/// The order of the modules, as `Package.swift` and the architecture draw it: an import leads to a smaller number.
enum Rings {
    static let rank: [String: Int] = [
        "CLinux": 0, "CLibpq": 0, "CLibrdkafka": 0, "CLibcurl": 0, "CLibyaml": 0, "CLibcrypto": 0,
        "CLibssl": 0, "CLibz": 0,
        "Telemetry": 1, "JSON": 1, "HTTP": 1, "Hashing": 1, "Certificates": 1, "Gzip": 1, "YAML": 1, "EventLoop": 1,
        "Files": 1,
        "HTTPServer": 2, "HTTPClient": 2, "TLS": 2, "Postgres": 2, "Kafka": 2,
        "Prompts": 3, "Domain": 4,
        "Storage": 5, "Queue": 5, "Providers": 5, "FakeProviders": 5, "API": 5, "Worker": 5,
        "App": 6,
        "HTTPBenchmarkServer": 6, "HTTPLoad": 6, "InstructionCounts": 6,
    ]

    /// Who alone may know a technology: its adapter, and the wiring.
    static let adapters: [String: Set<String>] = [
        "CLibpq": ["Postgres"], "CLibrdkafka": ["Kafka"], "CLibcurl": ["HTTPClient"], "CLibyaml": ["YAML"],
        "CLibcrypto": ["Hashing", "Certificates"], "CLibssl": ["TLS"], "CLibz": ["Gzip"], "TLS": ["FakeProviders"],
        "Postgres": ["Storage", "App"], "Kafka": ["Queue", "App"], "HTTPClient": ["Providers", "App"],
        "HTTPServer": ["API", "App", "HTTPBenchmarkServer", "InstructionCounts"], "YAML": ["App"],
    ]

    /// The C library and system calls that programs need: host name, exit code, signals.
    static let systemModules: Set<String> = ["Glibc", "Musl", "Darwin"]
    static let mayUseSystemModules: Set<String> = ["App", "HTTPBenchmarkServer", "HTTPLoad", "InstructionCounts"]

    static func isC(_ module: String) -> Bool { rank[module] == 0 }
}
