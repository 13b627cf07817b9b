import HTTP
import Testing

@Suite("Conformance to RFC 9110 and RFC 9112")
struct ConformanceTests {
    static let headRows = requestLineRows + fieldRows + framingRows

    @Test("a head is judged as its row says", arguments: headRows)
    func head(_ row: Row) {
        check(row, parse(row.bytes))
    }

    @Test("a chunked body is judged as its row says", arguments: chunkRows)
    func chunks(_ row: Row) {
        check(row, decode(row.bytes))
    }

    @Test("a head is judged the same however it is cut in two", arguments: headRows)
    func cutHead(_ row: Row) {
        let whole = parse(row.bytes)
        for cut in cutPositions(row.bytes.count) {
            #expect(parse(row.bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
    }

    @Test("a head is judged the same when it drips in", arguments: headRows)
    func drippingHead(_ row: Row) {
        #expect(parse(row.bytes, cuts: cutPositions(row.bytes.count).sorted()) == parse(row.bytes))
    }

    @Test("a chunked body is judged the same however it is cut in two", arguments: chunkRows)
    func cutChunks(_ row: Row) {
        let whole = decode(row.bytes)
        for cut in cutPositions(row.bytes.count) {
            #expect(decode(row.bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
    }

    @Test("a chunked body is judged the same when it drips in", arguments: chunkRows)
    func drippingChunks(_ row: Row) {
        #expect(decode(row.bytes, cuts: Array(0...row.bytes.count)) == decode(row.bytes))
    }

    @Test("an accepted head that is cut short is waited for", arguments: headRows)
    func unfinishedHead(_ row: Row) {
        guard case .accept(let properties) = row.expected, !properties.contains("rest=5") else { return }
        #expect(parse(Array(row.bytes.dropLast())) == .waiting)
    }

    @Test("every rule has a row, and every row a name of its own")
    func everyRule() {
        let rows = ConformanceTests.headRows + chunkRows
        let tried = Set(rows.compactMap { row in if case .refuse(_, let rule) = row.expected { rule } else { nil } })
        let rules = RequestError.all.map(\.rule)
        #expect(Set(rules) == tried)
        #expect(Set(rules).count == rules.count)
        #expect(Set(ConformanceTests.headRows.map(\.id)).count == ConformanceTests.headRows.count)
        #expect(Set(chunkRows.map(\.id)).count == chunkRows.count)
    }

    private func check(_ row: Row, _ outcome: Outcome) {
        switch row.expected {
        case .refuse(let status, let rule):
            #expect(outcome == .refused(rule: rule))
            let error = RequestError.all.first { $0.rule == rule }
            #expect(error?.status.code == status)
            #expect(error?.section == "RFC \(row.section)")
        case .accept(let properties):
            guard case .accepted(let summary) = outcome else {
                Issue.record("not accepted: \(outcome)")
                return
            }
            #expect(summary.isSuperset(of: properties), "\(summary.sorted())")
        }
    }
}
