import Domain
import HTTPClient
import JSON

/// What a refresh gives.
struct QwenGrant: Sendable, Equatable {
    var accessToken: String
    var tokenType: String?
    /// Takes the old one's place, when there is one.
    var refreshToken: String?
    /// How long the access token can be used, from its receipt.
    var life: Duration
    /// Where calls go from now on, when the answer says so.
    var resourceURL: String?

    /// Reads the answer to a refresh; `path` is the file to be named when the login is dead. 400 and 401 mean that it
    /// is; everything else may pass.
    static func read(_ response: ClientResponse, _ reading: ErrorReading, path: String) -> Result<QwenGrant, TokenFault>
    {
        guard (200..<300).contains(response.status) else {
            var failure = reading.failure(
                status: response.status, headers: response.headers, body: response.body)
            let isDead = response.status == 400 || response.status == 401
            if isDead {
                failure.failureClass = .auth
                let words = "the login in \(path) is not valid any more: log in again with Qwen Code"
                failure.detail = String("\(words) (\(failure.detail))".prefix(ModelFailure.maximumDetailLength))
            }
            return .failure(TokenFault(failure: failure, isConfiguration: isDead))
        }
        do throws(AnswerFault) {
            return .success(try grant(response.body))
        } catch {
            return .failure(TokenFault(failure: reading.failure(error, head: nil), isConfiguration: false))
        }
    }

    private static func grant(_ body: [UInt8]) throws(AnswerFault) -> QwenGrant {
        let value = try AnswerReader.value(body)
        guard let token = value["access_token"]?.stringValue, !token.isEmpty else {
            throw .malformed("the answer to the refresh has no access_token")
        }
        // Six hours is usual; less than a minute could not be used at all.
        let seconds = value["expires_in"]?.doubleValue.flatMap { $0.isFinite ? $0 : nil } ?? 3_600
        return QwenGrant(
            accessToken: token, tokenType: value["token_type"]?.stringValue,
            refreshToken: value["refresh_token"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 },
            life: .seconds(min(max(seconds, 60), 30 * 86_400)), resourceURL: value["resource_url"]?.stringValue)
    }
}
