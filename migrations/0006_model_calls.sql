-- What was asked of models.

-- The model that the client named for its job; null leaves the choice to the routing.
ALTER TABLE ai_requests ADD COLUMN requested_model text;

-- A row for each call with all its tries, written once and never changed. The question and the answer of a job's call
-- are the job's own columns; request_id leads there. There is no foreign key: rows are written beside the work, and
-- deleting old jobs must not wait for them.
CREATE TABLE model_calls (
    id                 uuid PRIMARY KEY,
    -- The job; null for what clients ask themselves.
    request_id         uuid,
    -- How the call is named in the log: the job's id, or the HTTP request's.
    caller_id          text NOT NULL,
    client_id          text NOT NULL,
    stage              text NOT NULL,
    -- Whom the last try asked; null when nobody was.
    provider           text,
    model              text,
    -- What the provider calls the model that answered.
    answered_model     text,
    -- 'ok', or the class of the failure.
    outcome            text NOT NULL,
    attempts           integer NOT NULL,
    gate_wait_ms       bigint NOT NULL,
    duration_ms        bigint NOT NULL,
    tokens_prompt      integer NOT NULL,
    tokens_completion  integer NOT NULL,
    tokens_precached   integer NOT NULL,
    -- Null without a price.
    cost               numeric,
    currency           text,
    upstream_id        text,
    -- What was said, in bytes of UTF-8; the texts themselves only where AUDIT_TEXTS has them kept.
    question_bytes     bigint NOT NULL,
    answer_bytes       bigint NOT NULL,
    question           text,
    answer             text,
    -- When the call began.
    created_at         timestamptz NOT NULL
);
CREATE INDEX model_calls_request ON model_calls (request_id, id) WHERE request_id IS NOT NULL;
CREATE INDEX model_calls_created_at ON model_calls (created_at);

CREATE FUNCTION model_calls_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'model_calls are written once and never changed';
END
$$;
CREATE TRIGGER model_calls_are_final BEFORE UPDATE ON model_calls
    FOR EACH STATEMENT EXECUTE FUNCTION model_calls_are_final();
