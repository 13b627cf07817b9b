import EventLoop
import Testing

@testable import Worker

@Suite("Vacancies")
struct VacanciesTests {
    private func vacancies(every interval: Duration, count: Int = 40) -> Vacancies {
        var vacancies = Vacancies()
        var now = MonotonicTime.now
        for _ in 0..<count {
            vacancies.note(at: now)
            now = now + interval
        }
        return vacancies
    }

    @Test("nothing is held ready before it is known how often slots become free")
    func unknown() {
        #expect(Vacancies().jobsAhead(of: 10) == 0)
        #expect(vacancies(every: .milliseconds(1), count: 1).jobsAhead(of: 10) == 0)
    }

    @Test("one job is held ready for five slots, and none for fewer")
    func share() {
        let vacancies = vacancies(every: .milliseconds(12))
        #expect([0, 4, 5, 9, 10, 14, 15].map(vacancies.jobsAhead) == [0, 0, 1, 1, 2, 2, 3])
    }

    @Test("of a model that answers at once, as many are held ready as have a slot within 10 ms, however few the slots")
    func claimTime() {
        #expect([0, 1, 4, 64].map(vacancies(every: .milliseconds(1)).jobsAhead) == [0, 10, 10, 12])
        #expect(vacancies(every: .microseconds(10)).jobsAhead(of: 1) == 128)
    }

    @Test("no more are held ready for many slots than have one within 50 ms")
    func wait() {
        #expect(vacancies(every: .milliseconds(10)).jobsAhead(of: 100) == 5)
        #expect(vacancies(every: .milliseconds(40)).jobsAhead(of: 100) == 1)
        #expect(vacancies(every: .milliseconds(60)).jobsAhead(of: 100) == 0)
    }

    @Test("a model that becomes slow is noticed, and so is one that becomes fast again")
    func changes() {
        var vacancies = Vacancies()
        var now = MonotonicTime.now
        for (interval, expected) in [(900, 11), (200_000, 0), (900, 11)] {
            for _ in 0..<200 {
                vacancies.note(at: now)
                now = now + .microseconds(interval)
            }
            #expect(vacancies.jobsAhead(of: 10) == expected)
        }
    }
}
