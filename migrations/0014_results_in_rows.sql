-- A result of up to 4 kB (compressed) stays in its job's row; out of line it takes two more rows, with two entries of
-- an index, that a reader then has to gather again.
ALTER TABLE ai_requests SET (toast_tuple_target = 4080);
