// swift-tools-version: 6.2
// The package reads as the architecture: four rings, an import may only point down.
// docs/architecture.md explains each target.
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A ring-1 or ring-2 module: one folder under `Sources`, strict settings.
func module(_ name: String, in ring: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/\(ring)/\(name)", swiftSettings: strict)
}

func system(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    module(name, in: "System", dependencies)
}

func service(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    module(name, in: "Service", dependencies)
}

func library(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A program of libFuzzer's: it brings its own `main`, so only `scripts/fuzz` asks for it.
func fuzz(_ name: String) -> Target {
    .executableTarget(
        name: name, dependencies: ["ParserProperties"], path: "Fuzz/\(name)", swiftSettings: strict)
}

/// What takes the place of glibc's `malloc` in the whole process. The sanitizers, which run debug builds, have their own.
let allocator: LinkerSetting = .linkedLibrary("mimalloc", .when(configuration: .release))

/// A program that measures; built with everything else, so that it keeps up with the code.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: "Benchmarks/\(name)", swiftSettings: strict,
        linkerSettings: [allocator])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "gigaoffice",
    products: [.executable(name: "gigaoffice", targets: ["App"])],
    targets: [
        // C: module maps and static inline shims.
        .target(name: "CLinux", path: "Sources/C/CLinux"),
        library("CLibpq", pkgConfig: "libpq", apt: "libpq-dev"),
        library("CLibrdkafka", pkgConfig: "rdkafka", apt: "librdkafka-dev"),
        library("CLibcurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        library("CLibyaml", pkgConfig: "yaml-0.1", apt: "libyaml-dev"),
        library("CLibcrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        library("CLibssl", pkgConfig: "libssl", apt: "libssl-dev"),
        library("CLibz", pkgConfig: "zlib", apt: "zlib1g-dev"),

        // System: no word of this product; each could be a library of its own.
        system("Telemetry"),
        system("JSON"),
        system("HTTP"),
        system("Hashing", ["CLibcrypto"]),
        system("Certificates", ["CLibcrypto"]),
        system("Gzip", ["CLibz"]),
        system("YAML", ["CLibyaml"]),
        system("Files"),
        system("EventLoop", ["CLinux"]),
        system("HTTPServer", ["HTTP", "Gzip", "EventLoop", "CLinux"]),
        system("HTTPClient", ["EventLoop", "CLibcurl"]),
        system("TLS", ["EventLoop", "CLibssl"]),
        system("Postgres", ["EventLoop", "CLibpq"]),
        system("Kafka", ["EventLoop", "CLibrdkafka"]),

        // Service: the product.
        service("Domain", ["Prompts", "JSON", "Telemetry"]),
        service("Prompts", ["JSON"]),
        service("Storage", ["Domain", "Prompts", "JSON", "Postgres", "EventLoop", "Hashing", "Telemetry"]),
        service("Queue", ["Domain", "JSON", "Kafka", "EventLoop", "Hashing", "Telemetry"]),
        service("Providers", ["Domain", "JSON", "EventLoop", "Files", "HTTPClient", "Telemetry"]),
        service("API", ["Domain", "HTTP", "HTTPServer", "EventLoop", "JSON", "Hashing", "Telemetry"]),
        service("FakeProviders", ["EventLoop", "HTTP", "JSON", "TLS", "Certificates", "Telemetry"]),
        service("Worker", ["Domain", "Prompts", "JSON", "Hashing", "EventLoop", "Telemetry"]),

        // App: wiring only.
        .executableTarget(
            name: "App",
            dependencies: [
                "API", "Worker", "Domain", "Prompts", "Storage", "Queue", "Providers", "FakeProviders",
                "HTTP", "HTTPServer", "HTTPClient", "Postgres", "Kafka", "EventLoop", "Files", "Telemetry", "JSON",
                "YAML", "Hashing", "Certificates",
            ],
            path: "Sources/App",
            swiftSettings: strict,
            linkerSettings: [allocator]
        ),

        // Benchmarks: programs of `make bench`, not products.
        benchmark("HTTPBenchmarkServer", ["API", "Domain", "HTTPServer", "EventLoop", "JSON", "Telemetry"]),
        benchmark("HTTPLoad", ["EventLoop", "JSON"]),
        benchmark("InstructionCounts", ["Prompts", "Domain", "HTTPServer", "HTTP", "JSON", "Files"]),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "EventLoop", "Postgres", "Storage", "Domain", "JSON", "HTTPClient", "Kafka", "FakeProviders", "CLibz",
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .target(
            name: "ParserProperties",
            dependencies: ["HTTP", "JSON", "Prompts"],
            path: "Tests/ParserProperties",
            swiftSettings: strict
        ),
        tests("JSONTests", ["JSON", "ParserProperties"]),
        tests("HTTPTests", ["HTTP", "ParserProperties"]),
        tests("EventLoopTests", ["EventLoop", "TestSupport"]),
        tests("HTTPServerTests", ["HTTPServer", "HTTP", "EventLoop", "TestSupport"]),
        tests("HTTPClientTests", ["HTTPClient", "EventLoop", "TestSupport"]),
        tests("TelemetryTests", ["Telemetry"]),
        tests("YAMLTests", ["YAML"]),
        tests("FilesTests", ["Files"]),
        tests("HashingTests", ["Hashing"]),
        tests("CertificatesTests", ["Certificates", "CLibcrypto"]),
        tests("GzipTests", ["Gzip", "TestSupport"]),
        tests("PostgresTests", ["Postgres", "EventLoop", "TestSupport"]),
        tests("KafkaTests", ["Kafka", "EventLoop", "TestSupport"]),
        tests("PromptsTests", ["Prompts", "JSON", "YAML", "ParserProperties"]),
        tests("DomainTests", ["Domain", "Prompts", "JSON"]),
        tests(
            "StorageTests",
            ["Storage", "Providers", "Domain", "Prompts", "Postgres", "EventLoop", "JSON", "TestSupport"]),
        tests("QueueTests", ["Queue", "Domain", "Kafka", "JSON", "EventLoop", "TestSupport"]),
        tests(
            "ProvidersTests",
            [
                "Providers", "FakeProviders", "Domain", "HTTPClient", "TLS", "EventLoop", "JSON", "Telemetry",
                "TestSupport",
            ]),
        tests(
            "FakeProvidersTests",
            ["FakeProviders", "HTTPClient", "TLS", "EventLoop", "JSON", "Telemetry", "TestSupport"]),
        tests("WorkerTests", ["Worker", "Domain", "Prompts", "JSON", "EventLoop", "Telemetry", "TestSupport"]),
        tests(
            "APITests",
            ["API", "App", "Domain", "HTTP", "HTTPServer", "Hashing", "EventLoop", "JSON", "Telemetry", "TestSupport"]),
        tests("HTTPLoadTests", ["HTTPLoad", "EventLoop"]),
        tests("InstructionCountsTests", ["InstructionCounts"]),
        tests(
            "AppTests",
            [
                "App", "API", "Certificates", "Domain", "EventLoop", "FakeProviders", "JSON", "Kafka", "Prompts",
                "Providers", "Queue", "Telemetry", "TestSupport", "YAML",
            ]),
        tests("EndToEndTests", ["TestSupport", "JSON", "Kafka", "Postgres", "EventLoop"]),
        // The campaign behind `make chaos`.
        .executableTarget(
            name: "Chaos",
            dependencies: ["TestSupport", "JSON", "Hashing", "Kafka", "Postgres", "EventLoop"],
            path: "Tests/Chaos",
            swiftSettings: strict
        ),
        tests("ChaosTests", ["Chaos", "JSON", "TestSupport"]),
        tests("TidyTests", []),
    ],
    swiftLanguageModes: [.v6]
)

// `scripts/sanitize` builds the tests that it runs, which it names here, and what they need: not the rest.
if let names = Context.environment["TESTS_ONLY"] {
    var waiting = names.split(separator: " ").map(String.init)
    var needed = Set(waiting)
    while let name = waiting.popLast() {
        let target = package.targets.first { $0.name == name }
        for case .byNameItem(let other, _) in target?.dependencies ?? [] where needed.insert(other).inserted {
            waiting.append(other)
        }
    }
    package.products = []
    package.targets.removeAll { !needed.contains($0.name) }
}

if Context.environment["FUZZ"] == "1" {
    package.targets += [fuzz("HTTPFuzz"), fuzz("JSONFuzz"), fuzz("AnswerFuzz")]
}
