import HTTP
import HTTPServer

/// The language of texts for people: Russian unless the client prefers English (RFC 9110 §12.5.4).
enum Language: Sendable {
    case russian
    case english

    /// Reads `Accept-Language`. Of equal weights the first one counts; anything but `ru` and `en` is ignored.
    init(acceptLanguage field: String?) {
        var best: (language: Language, weight: Double) = (.russian, 0)
        for range in (field ?? "").split(separator: ",") {
            let parts = range.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            if quality > best.weight { best = (language, quality) }
        }
        self = best.language
    }

    private init?(tag: String) {
        switch tag.prefix(while: { $0 != "-" }) {
        case "ru": self = .russian
        case "en": self = .english
        default: return nil
        }
    }
}

extension Request {
    var language: Language { Language(acceptLanguage: head.first("accept-language")) }
}
