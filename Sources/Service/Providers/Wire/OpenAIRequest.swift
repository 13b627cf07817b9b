import Domain
import JSON

/// Writes a question in OpenAI's form, with the ways in which a provider departs from it.
struct OpenAIRequest: Sendable {
    /// What the seed is called; nil where there is none.
    var seedField: String? = "seed"
    /// Whether counts of tokens come with a stream only when asked for.
    var asksForUsage = true
    /// Whether presence and frequency can be punished.
    var knowsPenalties = true
    /// The word for "at least one tool".
    var anyToolWord = "required"
    /// Whether a prescribed shape is beyond the provider, and any JSON object is asked for in its place.
    var schemaBecomesObject = false
    /// Makes an id that the provider takes.
    var toolCallID: @Sendable (String) -> String = { $0 }

    /// A request's body.
    @Sendable func body(_ request: ChatRequest, model: String, streams: Bool) throws(ModelFailure) -> [UInt8] {
        JSONWriter.object(capacity: 4096) { object in
            object.field("model", model)
            object.array("messages") { messages in
                for message in request.messages { messages.object { write(message, to: &$0) } }
            }
            write(request.sampling, to: &object)
            if !request.tools.isEmpty { write(request.tools, request.toolChoice, to: &object) }
            write(request.format, to: &object)
            if streams {
                object.field("stream", true)
                if asksForUsage { object.object("stream_options") { $0.field("include_usage", true) } }
            }
        }
    }

    private func write(_ message: ChatMessage, to object: inout JSONObjectWriter) {
        object.field("role", message.role.rawValue)
        if message.text.isEmpty, !message.toolCalls.isEmpty {
            object.null("content")
        } else {
            object.field("content", message.text)
        }
        object.field("tool_call_id", ifPresent: message.toolCallID.map(toolCallID))
        guard !message.toolCalls.isEmpty else { return }
        object.array("tool_calls") { calls in
            for call in message.toolCalls {
                calls.object { item in
                    item.field("id", toolCallID(call.id))
                    item.field("type", "function")
                    item.object("function") { function in
                        function.field("name", call.name)
                        function.field("arguments", call.arguments)
                    }
                }
            }
        }
    }

    private func write(_ sampling: ChatSampling, to object: inout JSONObjectWriter) {
        object.field("temperature", ifPresent: sampling.temperature)
        object.field("top_p", ifPresent: sampling.topP)
        object.field("max_tokens", ifPresent: sampling.maximumTokens)
        if !sampling.stop.isEmpty {
            object.array("stop") { stop in
                for text in sampling.stop { stop.element(text) }
            }
        }
        if let seedField { object.field(seedField, ifPresent: sampling.seed) }
        guard knowsPenalties else { return }
        object.field("presence_penalty", ifPresent: sampling.presencePenalty)
        object.field("frequency_penalty", ifPresent: sampling.frequencyPenalty)
    }

    private func write(_ tools: [ChatTool], _ choice: ChatTool.Choice, to object: inout JSONObjectWriter) {
        object.array("tools") { list in
            for tool in tools {
                list.object { item in
                    item.field("type", "function")
                    item.object("function") { function in
                        function.field("name", tool.name)
                        function.field("description", ifPresent: tool.description)
                        function.field("parameters", tool.parameters ?? ["type": "object", "properties": [:]])
                    }
                }
            }
        }
        switch choice {
        case .automatic: object.field("tool_choice", "auto")
        case .none: object.field("tool_choice", "none")
        case .required: object.field("tool_choice", anyToolWord)
        case .named(let name):
            object.object("tool_choice") { chosen in
                chosen.field("type", "function")
                chosen.object("function") { $0.field("name", name) }
            }
        }
    }

    private func write(_ format: ChatFormat, to object: inout JSONObjectWriter) {
        switch format {
        case .text: break
        case .jsonSchema(let name, let schema, let isStrict) where !schemaBecomesObject:
            object.object("response_format") { outer in
                outer.field("type", "json_schema")
                outer.object("json_schema") { inner in
                    inner.field("name", name)
                    inner.field("schema", schema)
                    inner.field("strict", isStrict)
                }
            }
        case .jsonObject, .jsonSchema:
            object.object("response_format") { $0.field("type", "json_object") }
        }
    }
}
