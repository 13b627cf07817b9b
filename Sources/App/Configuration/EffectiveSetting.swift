/// A setting, the value it has ended up with, and where that came from.
struct EffectiveSetting: Sendable {
    let setting: Setting
    let value: Value
    let origin: Origin

    /// A value as it may be shown: a secret is masked already.
    enum Value: Sendable, Equatable {
        case unset
        case shown(String)
        /// The text is wrong; the fault has the details.
        case faulty
    }
}
