import Providers

extension Configuration {
    /// The models besides GigaChat, and which one is asked for what.
    struct Models: Sendable, Equatable {
        var mistral = Service(baseURL: "https://api.mistral.ai/v1")
        var gemini = Service(baseURL: "https://generativelanguage.googleapis.com/v1beta/openai")
        var deepseek = Service(baseURL: "https://api.deepseek.com")
        /// The full address of DeepSeek's chat route; counts more than its base address.
        var deepseekEndpoint: String?
        var dashscope = Service(baseURL: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1")
        var qwen = Qwen()
        var compatible = Compatible()
        /// The models of the cheap tier, the first choice first.
        var cheap: [ModelChoice] = []
        /// The models of the expensive tier, the first choice first.
        var expensive: [ModelChoice] = []
        /// The tier of a stage or a category, by its name.
        var stageTiers: [String: ModelTier] = [:]
        var prices = ModelPrices()
        /// What prices are given in.
        var currency = "RUB"
        /// Whether clients may name a model.
        var choiceIsAllowed = true
        /// Whether questions to models go to the log.
        var logsPrompts = false
        /// Whether the records of model calls hold what was asked and answered.
        var keepsTexts = false

        /// A provider that asks for a key; without one it is not configured.
        struct Service: Sendable, Equatable {
            var key: Secret?
            var baseURL: String
            /// Asked after GigaChat where no tier says otherwise.
            var model: String?
            var limits = CallLimits()
        }

        /// Qwen with the login of Qwen Code; without its file it is not configured.
        struct Qwen: Sendable, Equatable {
            /// The file in which Qwen Code keeps its login.
            var credentials: String?
            /// Where tokens are renewed.
            var authURL = "https://chat.qwen.ai/api/v1/oauth2/token"
            /// Where models are asked; nil leaves that to the login.
            var baseURL: String?
            /// Asked after GigaChat where no tier says otherwise.
            var model: String?
            var limits = CallLimits()
        }

        /// A service of one's own that speaks OpenAI's form; without an address it is not configured.
        struct Compatible: Sendable, Equatable {
            /// Nil where the service asks for none.
            var key: Secret?
            var baseURL: String?
            /// How routes and results call it.
            var name = "local"
            /// Asked after GigaChat where no tier says otherwise.
            var model: String?
            var limits = CallLimits()
        }

        /// What all instances together may ask of a provider; 0 stands for no limit.
        struct CallLimits: Sendable, Equatable {
            /// Calls at a time.
            var concurrent = 0
            /// Calls a minute.
            var perMinute = 0
        }

        /// The base address that belongs to DeepSeek's chat route.
        var deepseekBaseURL: String {
            guard let endpoint = deepseekEndpoint else { return deepseek.baseURL }
            let route = "/chat/completions"
            return endpoint.hasSuffix(route) ? String(endpoint.dropLast(route.count)) : endpoint
        }
    }
}
