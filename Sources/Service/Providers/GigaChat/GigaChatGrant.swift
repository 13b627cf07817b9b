import Domain
import HTTPClient
import JSON
import Telemetry

/// Reads the answer of the token call.
enum GigaChatGrant {
    /// `{access_token, expires_at}` or, on some stands, `{tok, exp}`; else the fault. Refusals with 400 and 401 are
    /// faults of the settings, everything else may pass.
    static func read(
        _ response: ClientResponse, _ login: GigaChatLogin, _ reading: ErrorReading, now: WallTime = .now
    ) -> Result<TokenGrant, TokenFault> {
        let (status, body) = (response.status, response.body)
        guard (200..<300).contains(status) else {
            var failure = reading.failure(status: status, headers: response.headers, body: body, now: now)
            let isConfiguration = status == 400 || status == 401
            if isConfiguration {
                failure.failureClass = .auth
                let hint = login.hint(status: status, code: ErrorBody(body).code)
                let words = ["token call", failure.detail, hint].compactMap(\.self).joined(separator: ": ")
                failure.detail = String(words.prefix(ModelFailure.maximumDetailLength))
            }
            return .failure(TokenFault(failure: failure, isConfiguration: isConfiguration))
        }
        do throws(AnswerFault) {
            return .success(try grant(body, now))
        } catch {
            return .failure(TokenFault(failure: reading.failure(error, head: nil), isConfiguration: false))
        }
    }

    private static func grant(_ body: [UInt8], _ now: WallTime) throws(AnswerFault) -> TokenGrant {
        let value = try AnswerReader.value(body)
        guard let token = (value["access_token"] ?? value["tok"])?.stringValue, !token.isEmpty else {
            throw .malformed("the answer to the token call has no token")
        }
        let end = (value["expires_at"] ?? value["exp"])?.doubleValue
        let (life, isClockSkewed) = TokenGrant.life(endingAt: end, now: now)
        return TokenGrant(value: token, life: life, isClockSkewed: isClockSkewed)
    }
}
