import Domain
import EventLoop
import Testing

@testable import Providers

@Suite("The breaker")
struct CircuitBreakerTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000)
    private let failure = ModelFailure(.server, "x")

    private func opened() -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 1...5 { breaker.failed(failure, isProbe: false, at: start) }
        return breaker
    }

    @Test("enough failures of the provider's within the window open it")
    func opens() {
        var breaker = opened()
        #expect(breaker.admit(at: start + .seconds(1)) == .refused(.seconds(4), isQuota: false))
        #expect(breaker.name(at: start) == "open")
    }

    @Test("failures far apart, and those that are not the provider's, do not")
    func staysClosed() {
        var breaker = CircuitBreaker()
        for second in 0..<20 { breaker.failed(failure, isProbe: false, at: start + .seconds(second * 10)) }
        #expect(breaker.admit(at: start + .seconds(200)) == .call)
        for _ in 1...20 {
            breaker.failed(ModelFailure(.badRequest, "x"), isProbe: false, at: start)
            breaker.failed(ModelFailure(.cancelled, "x"), isProbe: false, at: start)
        }
        #expect(breaker.admit(at: start) == .call)
    }

    @Test("after its time one probe is let through, and its answer closes it")
    func probe() {
        var breaker = opened()
        let later = start + .seconds(5)
        #expect(breaker.admit(at: later) == .probe)
        #expect(breaker.admit(at: later) == .refused(.seconds(5), isQuota: false))
        #expect(breaker.name(at: later) == "half-open")
        breaker.succeeded(isProbe: true)
        #expect(breaker.admit(at: later) == .call)
    }

    @Test("a failed probe doubles the time, up to a bound")
    func doubles() {
        var breaker = opened()
        var now = start + .seconds(5)
        for seconds in [10, 20, 40, 80, 120, 120] {
            #expect(breaker.admit(at: now) == .probe)
            breaker.failed(failure, isProbe: true, at: now)
            #expect(breaker.admit(at: now) == .refused(.seconds(seconds), isQuota: false))
            now = now + .seconds(seconds)
        }
    }

    @Test("a probe that ended early lets the next one through")
    func withdrawn() {
        var breaker = opened()
        #expect(breaker.admit(at: start + .seconds(5)) == .probe)
        breaker.withdrawn(isProbe: true, at: start + .seconds(5))
        #expect(breaker.admit(at: start + .seconds(5)) == .probe)
    }

    @Test("a refusal that shows the provider alive closes it; one of our own lets the next probe through")
    func refusals() {
        for (status, next) in [(400, CircuitBreaker.Admission.call), (nil, .probe)] {
            var breaker = opened()
            let later = start + .seconds(5)
            #expect(breaker.admit(at: later) == .probe)
            breaker.failed(ModelFailure(.badRequest, "x", status: status), isProbe: true, at: later)
            #expect(breaker.admit(at: later) == next)
        }
    }

    @Test("used-up tokens pause the provider")
    func quota() {
        var breaker = CircuitBreaker()
        breaker.failed(ModelFailure(.quotaExhausted, "x"), isProbe: false, at: start)
        #expect(breaker.admit(at: start) == .refused(.seconds(300), isQuota: true))
        #expect(breaker.name(at: start) == "quota")
        #expect(breaker.admit(at: start + .seconds(300)) == .call)
    }

    @Test("an old call's answer does not close what has opened since")
    func late() {
        var breaker = opened()
        breaker.succeeded(isProbe: false)
        #expect(breaker.name(at: start) == "open")
    }
}
