/// What comes of a model's name that a client has sent.
public enum ModelNaming: Sendable, Equatable {
    /// One model is meant and can be asked, as far as anybody can tell.
    case known
    /// There is none; these can be named, `provider/model`.
    case unknown(known: [String])
    /// Several providers have one; these are meant, `provider/model`.
    case ambiguous([String])
    /// The model does something else.
    case unsuitable
    /// Clients choose no models here.
    case refused
    /// Whether there is one only these providers could tell, and they do not answer.
    case undecided(providers: [String])
}
