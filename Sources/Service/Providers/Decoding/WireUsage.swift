import Domain
import JSON

/// The counts of tokens in an answer; what is missing counts 0.
enum WireUsage {
    /// Reads a `usage` object: GigaChat's `precached_prompt_tokens`, DeepSeek's `prompt_cache_hit_tokens` and OpenAI's
    /// `prompt_tokens_details.cached_tokens` are all part of `prompt_tokens`.
    static func read(_ usage: JSONValue?) -> TokenUsage {
        TokenUsage(
            prompt: count(usage?["prompt_tokens"]) ?? 0, completion: count(usage?["completion_tokens"]) ?? 0,
            precached: count(usage?["precached_prompt_tokens"]) ?? count(usage?["prompt_cache_hit_tokens"])
                ?? count(usage?["prompt_tokens_details"]?["cached_tokens"]) ?? 0)
    }

    /// More than any model's window holds, and little enough that a hundred calls of a job add up to what the job's row
    /// can hold: an answer must not be lost because its provider counts nonsense.
    static let maximum = 1 << 24

    /// A count, also where it is written as text; never negative, and cut to `maximum`.
    static func count(_ value: JSONValue?) -> Int? {
        let number = value?.intValue ?? value?.stringValue.flatMap { Int($0) }
        return number.map { min(max($0, 0), maximum) }
    }
}
