-- What processes share and may use only so much of: calls of a model's account at a time and per minute.

-- A bucket of tokens for each resource; its row is also what processes take turns with.
CREATE TABLE capacity_resources (
    name         text PRIMARY KEY,
    -- Tokens a second and at most; 0 where there is no rate.
    refill       double precision NOT NULL,
    burst        double precision NOT NULL,
    tokens       double precision NOT NULL,
    refilled_at  timestamptz NOT NULL
);

-- Who holds how many slots until when, and how many it could use.
CREATE TABLE capacity_leases (
    resource     text NOT NULL REFERENCES capacity_resources ON DELETE CASCADE,
    owner        text NOT NULL,
    slots        integer NOT NULL,
    demand       integer NOT NULL,
    lease_until  timestamptz NOT NULL,
    -- When it last got a slot. Of two that want the same one, who has not had one for longer gets it.
    turn_at      timestamptz NOT NULL,
    PRIMARY KEY (resource, owner)
);
CREATE INDEX capacity_leases_owner ON capacity_leases (owner);
