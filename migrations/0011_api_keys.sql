-- Who may call, and how often.

CREATE TABLE api_keys (
    id               uuid PRIMARY KEY,
    name             text NOT NULL,
    -- How the key begins, for people. The key itself is not here.
    prefix           text NOT NULL,
    digest           bytea NOT NULL UNIQUE CHECK (octet_length(digest) = 32),
    scopes           text[] NOT NULL
        CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['submit', 'read', 'metrics', 'admin']),
    -- In place of the usual limits; 0 for any number.
    rate_per_minute  integer CHECK (rate_per_minute >= 0),
    created_at       timestamptz NOT NULL DEFAULT now(),
    expires_at       timestamptz,
    revoked_at       timestamptz,
    last_used_at     timestamptz
);
CREATE INDEX api_keys_created_at ON api_keys (created_at);
CREATE INDEX api_keys_unrevoked ON api_keys (id) WHERE revoked_at IS NULL;

CREATE TABLE api_key_revision (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    revision  bigint NOT NULL DEFAULT 1
);
INSERT INTO api_key_revision DEFAULT VALUES;

-- A trigger, so that a key that is revoked by hand is shut out by all instances like any other.
CREATE FUNCTION count_api_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE api_key_revision SET revision = revision + 1;
    RETURN NULL;
END $$;

CREATE TRIGGER count_change
    AFTER INSERT OR DELETE OR TRUNCATE
        OR UPDATE OF name, digest, scopes, rate_per_minute, expires_at, revoked_at ON api_keys
    FOR EACH STATEMENT EXECUTE FUNCTION count_api_key_change();

-- How much of its limit each client has taken in its present minute. Unlogged: after a crash everybody begins anew.
CREATE UNLOGGED TABLE rate_windows (
    name     text PRIMARY KEY,
    ends_at  timestamptz NOT NULL,
    taken    integer NOT NULL
) WITH (fillfactor = 50);
CREATE INDEX rate_windows_ends_at ON rate_windows (ends_at);
