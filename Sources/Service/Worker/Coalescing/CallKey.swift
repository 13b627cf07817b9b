import Domain
import Hashing
import JSON

/// Names what is asked: a hash of all of a request that its answer may depend on. Who asks, how urgently and for how
/// long is no part of it.
struct CallKey: Hashable, Sendable {
    private let digest: SHA256Digest

    init(_ request: ChatRequest) {
        let parts: [JSONValue] = [
            .string("\(request.target)"), .array(request.messages.map(Self.message)),
            .string("\(request.sampling)"), .array(request.tools.map(Self.tool)), .string("\(request.toolChoice)"),
            Self.format(request.format), request.job.map(Self.job) ?? .null,
            // The script of a dry run answers by the try.
            .string("\(request.context.attempt)"),
        ]
        digest = SHA256.hash(JSONValue.array(parts).serialized())
    }

    private static func message(_ message: ChatMessage) -> JSONValue {
        let calls = message.toolCalls.map { call in
            JSONValue.array([.string(call.id), .string(call.name), .string(call.arguments)])
        }
        return .array([
            .string(message.role.rawValue), .string(message.text), .array(calls), text(message.toolCallID),
            text(message.name),
        ])
    }

    private static func tool(_ tool: ChatTool) -> JSONValue {
        .array([.string(tool.name), text(tool.description), tool.parameters ?? .null])
    }

    private static func format(_ format: ChatFormat) -> JSONValue {
        switch format {
        case .text: .string("text")
        case .jsonObject: .string("object")
        case .jsonSchema(let name, let schema, let isStrict): .array([.string(name), schema, .bool(isStrict)])
        }
    }

    private static func job(_ job: JobInput) -> JSONValue {
        .array([
            .string(job.query), text(job.inputRange), text(job.category), text(job.data?.description),
            text(job.outputRange),
        ])
    }

    private static func text(_ text: String?) -> JSONValue {
        text.map(JSONValue.string) ?? .null
    }
}
