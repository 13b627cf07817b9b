import HTTP
import HTTPServer

/// The language of texts for people: Russian unless the client prefers English (RFC 9110 §12.5.4).
enum Language: Sendable {
    case russian
    case english

    /// Reads the values of all `Accept-Language` fields. Of equal weights the first one counts; anything but `ru` and
    /// `en` is ignored.
    init(acceptLanguage values: [String]) {
        var best: (language: Language, weight: Int) = (.russian, 0)
        for range in WeightedList(values)?.elements ?? [] {
            guard let language = Language(tag: range.name), range.weight > best.weight else { continue }
            best = (language, range.weight)
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
    var language: Language { Language(acceptLanguage: head.values(of: "accept-language")) }
}
