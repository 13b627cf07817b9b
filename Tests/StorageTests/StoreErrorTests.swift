import Domain
import Postgres
import Testing

@testable import Storage

@Suite("Refusals")
struct StoreErrorTests {
    private func error(_ sqlState: String) -> StoreError {
        StoreError(PostgresError.refused(sqlState: sqlState, message: "no", statement: "s"))
    }

    @Test(
        "a refusal that passes is worth another try: nobody's message is given up for it",
        arguments: ["25006", "26000", "40P01", "40001", "53100", "53300", "55P03", "57014", "57P01", "58030"])
    func passing(_ sqlState: String) {
        guard case .unavailable = error(sqlState) else {
            Issue.record("\(sqlState) must be worth another try")
            return
        }
    }

    @Test("a refusal of the work itself stays one", arguments: ["22P02", "22003", "23514", "42P01", "54000"])
    func final(_ sqlState: String) {
        guard case .rejected = error(sqlState) else {
            Issue.record("\(sqlState) must not be tried again")
            return
        }
    }
}
