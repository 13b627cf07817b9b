-- Results are compressed while they are stored; LZ4 takes a fraction of the time of the usual method. What is stored
-- already is read as before. PostgreSQL knows it from version 14 on, unless it was built without.
DO $$
BEGIN
    EXECUTE 'ALTER TABLE ai_requests ALTER COLUMN result_data SET COMPRESSION lz4';
    EXECUTE 'ALTER TABLE ai_requests ALTER COLUMN input_data SET COMPRESSION lz4';
EXCEPTION WHEN syntax_error OR feature_not_supported THEN
    RAISE NOTICE 'results stay with the usual compression';
END
$$;
