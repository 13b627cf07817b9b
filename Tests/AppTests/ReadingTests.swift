import Testing

@testable import App

@Suite("Reading the files of a configuration")
struct ReadingTests {
    private let folder: TemporaryFolder
    private let search: FolderSearch

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("PORT=1".utf8, to: "start/.env")
        try folder.write(#"{"port": 2}"#.utf8, to: "start/resources/config/database_config.json")
        try folder.write("".utf8, to: "beside/migrations/0001.sql")
        search = FolderSearch(workingFolder: "\(folder.path)/start", others: ["\(folder.path)/beside"])
    }

    private func read(_ environment: [String: String] = [:], environmentFile: String? = nil) -> LoadedConfiguration {
        ConfigurationLoader.load(.read(environmentFile: environmentFile, environment: environment, searching: search))
    }

    @Test("The .env file and the JSON files of the working folder are read, and folders are found")
    func standardPlaces() throws {
        let configuration = try read().outcome.get()
        #expect(configuration.server.port == 1)
        #expect(configuration.database.port == 2)
        #expect(configuration.paths.resources == "\(folder.path)/start/resources")
        #expect(configuration.paths.migrations == "\(folder.path)/beside/migrations")
    }

    @Test("GIGAOFFICE_ENV_FILE names another .env file, and an option of the command stands over it")
    func namedEnvironmentFile() throws {
        try folder.write("PORT=3".utf8, to: "other.env")
        try folder.write("PORT=4".utf8, to: "third.env")
        let environment = ["GIGAOFFICE_ENV_FILE": "\(folder.path)/other.env"]
        #expect(try read(environment).outcome.get().server.port == 3)
        let loaded = read(environment, environmentFile: "\(folder.path)/third.env")
        #expect(try loaded.outcome.get().server.port == 4)
        #expect(loaded.value(of: "GIGAOFFICE_ENV_FILE") == .shown("\(folder.path)/third.env"))
        #expect(loaded.origin(of: "GIGAOFFICE_ENV_FILE") == .commandLine)
    }

    @Test("No .env file is fine unless it is named")
    func missingEnvironmentFile() {
        let path = "\(folder.path)/none.env"
        let text = "GIGAOFFICE_ENV_FILE: cannot read \(path): open: No such file or directory"
        #expect(read(["GIGAOFFICE_ENV_FILE": path]).faultTexts == [text])
        let bare = FolderSearch(workingFolder: "\(folder.path)/beside", others: ["\(folder.path)/start"])
        #expect(ConfigurationLoader.load(.read(environment: [:], searching: bare)).faultTexts == [])
    }

    @Test("The .env file may name the folder of resources, and that folder's JSON files count")
    func resourcesFromEnvironmentFile() throws {
        try folder.write("RESOURCES_DIR=\(folder.path)/elsewhere".utf8, to: "start/.env")
        try folder.write(#"{"consumer_group": "x"}"#.utf8, to: "elsewhere/config/kafka_config.json")
        let configuration = try read().outcome.get()
        #expect(configuration.kafka.group == "x")
        #expect(configuration.database.port == 5432)
    }

    @Test("A named folder that is not there is a fault; so is one that nobody names and no search finds")
    func missingFolders() {
        let named = read(["RESOURCES_DIR": "\(folder.path)/none"])
        #expect(named.faultTexts == ["RESOURCES_DIR: there is no folder \(folder.path)/none"])
        #expect(read(["RESOURCES_DIR": "a\nb"]).faults.count == 1)
        let nowhere = FolderSearch(workingFolder: "\(folder.path)/none", others: ["/nowhere"])
        let loaded = ConfigurationLoader.load(.read(environment: [:], searching: nowhere))
        let places = "\(folder.path)/none, /nowhere"
        #expect(
            loaded.faultTexts == [
                "RESOURCES_DIR: not set, and there is no folder resources in \(places)",
                "MIGRATIONS_DIR: not set, and there is no folder migrations in \(places)",
            ])
    }

    @Test("A file that is no text, too long or a folder is a fault")
    func unreadable() throws {
        try folder.write([0xFF, 0xFE], to: "start/resources/config/kafka_config.json")
        try folder.write([UInt8](repeating: 0x20, count: BoundedFile.maxBytes + 1), to: "start/.env")
        try folder.write("".utf8, to: "start/resources/config/gigachat_config.json/file")
        let config = "\(folder.path)/start/resources/config"
        #expect(
            read().faultTexts == [
                "\(folder.path)/start/.env: cannot read \(folder.path)/start/.env: longer than 1048576 bytes",
                "\(config)/gigachat_config.json: cannot be read: read: Is a directory",
                "\(config)/kafka_config.json: cannot be read: not UTF-8",
            ])
    }

    @Test("The process knows its environment and its folder")
    func process() throws {
        #expect(ProcessFacts.environment["PATH"]?.isEmpty == false)
        #expect(search.isFolder(try #require(ProcessFacts.programFolder)))
    }
}
