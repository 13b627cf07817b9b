/// A text for people in both languages.
struct Wording: Sendable, Equatable {
    let russian: String
    let english: String

    init(_ russian: String, _ english: String) {
        self.russian = russian
        self.english = english
    }

    /// The same in both: names, paths, and what others have said.
    init(same text: String) {
        self.init(text, text)
    }

    func text(in language: Language) -> String {
        switch language {
        case .ru: russian
        case .en: english
        }
    }

    /// Which language to speak.
    enum Language: String, CaseIterable, Sendable {
        case ru, en

        /// The one of the surroundings: Russian where they say so, else English (POSIX.1-2017, 8.2).
        init(environment: [String: String]) {
            let names = ["LC_ALL", "LC_MESSAGES", "LANG"]
            let value = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
            self = value.hasPrefix("ru") ? .ru : .en
        }
    }
}
