import Domain
import Postgres

/// The statements about API keys.
enum APIKeyStatements {
    static let revision = PostgresStatement("api_key_revision", "SELECT revision FROM api_key_revision")

    private static let columns = """
        id, name, prefix, encode(digest, 'hex'), array_to_string(scopes, ','), rate_per_minute,
        \(Statements.microseconds("expires_at")), \(Statements.microseconds("revoked_at")),
        \(Statements.microseconds("created_at")), \(Statements.microseconds("last_used_at"))
        """

    static let usable = PostgresStatement(
        "api_keys_usable", "SELECT \(columns) FROM api_keys WHERE revoked_at IS NULL ORDER BY id LIMIT $1::int")

    static let list = PostgresStatement(
        "api_keys_list", "SELECT \(columns) FROM api_keys ORDER BY created_at DESC, id DESC LIMIT $1::int")

    static let listBefore = PostgresStatement(
        "api_keys_list_before",
        """
        SELECT \(columns) FROM api_keys
        WHERE (created_at, id) < (SELECT created_at, id FROM api_keys WHERE id = $2::uuid)
        ORDER BY created_at DESC, id DESC LIMIT $1::int
        """)

    /// Nothing is inserted when there are `$9` already.
    static let add = PostgresStatement(
        "api_key_add",
        """
        INSERT INTO api_keys (id, name, prefix, digest, scopes, rate_per_minute, expires_at, created_at)
        SELECT $1::uuid, $2, $3, $4::bytea, $5::text[], $6::int, to_timestamp($7::bigint / 1000000.0),
            to_timestamp($8::bigint / 1000000.0)
        WHERE (SELECT count(*) FROM api_keys WHERE revoked_at IS NULL) < $9::int
        RETURNING id
        """)

    static let revoke = PostgresStatement(
        "api_key_revoke", "UPDATE api_keys SET revoked_at = now() WHERE id = $1::uuid AND revoked_at IS NULL")

    static let exists = PostgresStatement("api_key_exists", "SELECT FROM api_keys WHERE id = $1::uuid")

    /// In the order of the ids, so that instances never wait for each other in a circle.
    static let noteUses = PostgresStatement(
        "api_key_uses",
        """
        UPDATE api_keys SET last_used_at = greatest(last_used_at, to_timestamp(used.time / 1000000.0))
        FROM (SELECT * FROM unnest($1::uuid[], $2::bigint[]) ORDER BY 1) AS used (id, time)
        WHERE api_keys.id = used.id
        """)
}
