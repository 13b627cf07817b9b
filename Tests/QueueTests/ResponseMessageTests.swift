import Domain
import JSON
import Testing

@testable import Queue

@Suite("Response message")
struct ResponseMessageTests {
    private func value(_ result: JobResult, limit: Int = 500_000) throws -> JSONValue {
        try parsed(
            ResponseMessage.value(
                Samples.entry(.response(result, processingSeconds: 1.25)), result, processingSeconds: 1.25,
                at: Samples.time, limit: limit))
    }

    @Test("an answer has the shape that consumers know")
    func completed() throws {
        let expected = try JSONParser().parse(
            """
            {"request_id":"\(Samples.idText)","result":{"success":true,"result":[["Итого",42]],"message":"Готово",
            "metadata":{"category":"analysis","model":"GigaChat-2-Max","provider":"gigachat","tokens_used":15}},
            "processing_time":1.25,"timestamp":"\(Samples.timeText)","status":"completed"}
            """)
        #expect(try value(.completed(Samples.output, processingSeconds: 1.25)) == expected)
    }

    @Test("what a person should look at is in the metadata, also when the table is left out")
    func warned() throws {
        var output = Samples.output
        output.warnings = [JobWarning(code: "aggregate_differs", message: "Проверьте: сумма")]
        let warnings: JSONValue = [["code": "aggregate_differs", "message": "Проверьте: сумма"]]
        for limit in [500_000, 1] {
            let message = try value(.completed(output, processingSeconds: 1), limit: limit)
            #expect(message["result"]?["metadata"]?["warnings"] == warnings)
        }
    }

    @Test("an answer of text alone has a null table; one without text has no message")
    func partial() throws {
        var output = Samples.output
        output.table = nil
        #expect(try value(.completed(output, processingSeconds: 1))["result"]?["result"] == .null)
        output.message = nil
        #expect(try value(.completed(output, processingSeconds: 1))["result"]?["message"] == nil)
    }

    @Test("a failure has the shape that consumers know")
    func failed() throws {
        let expected = try JSONParser().parse(
            """
            {"request_id":"\(Samples.idText)","result":{"success":false,"error":"Слишком много запросов",
            "error_class":"rate_limited"},"processing_time":1.25,"timestamp":"\(Samples.timeText)","status":"failed"}
            """)
        #expect(try value(.failed(JobFailure(.rateLimited, "Слишком много запросов"))) == expected)
    }

    @Test("a cancelled job is no success")
    func cancelled() throws {
        let message = try value(.cancelled)
        #expect(message["status"] == "cancelled")
        #expect(message["result"]?["success"] == false)
    }

    @Test("an answer above the limit goes without its table and says so, since brokers would refuse it for ever")
    func tooLarge() throws {
        var output = Samples.output
        output.table = [[.string(String(repeating: "я", count: 1000))]]
        let message = try value(.completed(output, processingSeconds: 1), limit: 1000)
        #expect(message["result"]?["result"] == .null)
        #expect(message["result"]?["success"] == true)
        #expect(message["result"]?["metadata"]?["result_left_out"] == true)
        #expect(message["result"]?["metadata"]?["tokens_used"] == 15)
        #expect(message["status"] == "completed")
        #expect(message.serialized().count <= 1000)
    }
}
