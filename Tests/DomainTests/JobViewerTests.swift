import Domain
import Telemetry
import Testing

@Suite("Who sees which jobs")
struct JobViewerTests {
    @Test("administrators see all, keys their own, and those without a key all that no key has submitted")
    func sight() {
        var generator = SystemRandomNumberGenerator()
        let key = ClientName.key(APIKeyID(at: .now, using: &generator))
        let other = ClientName.key(APIKeyID(at: .now, using: &generator))
        let clients = [key, other, "10.0.0.1", "kafka"]
        let seen = { (viewer: JobViewer) in clients.filter(viewer.sees(jobsOf:)) }
        #expect(seen(.administrator) == clients)
        #expect(seen(.client(key)) == [key])
        #expect(seen(.keyless) == ["10.0.0.1", "kafka"])
    }
}
