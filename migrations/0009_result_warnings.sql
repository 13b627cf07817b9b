-- What a person should look at before relying on a result: an array of {"code", "message"}; null when there is nothing.
ALTER TABLE ai_requests ADD COLUMN result_warnings jsonb;
