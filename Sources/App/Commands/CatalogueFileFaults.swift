/// Every fault of a file of prompts, in words.
struct CatalogueFileFaults: Error, Equatable {
    let list: [String]
}
