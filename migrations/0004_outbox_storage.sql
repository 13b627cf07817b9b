-- The outbox is a queue: each row is written, hidden, marked and deleted within moments. Room in its pages keeps the
-- hiding out of the indexes (a HOT update), and vacuuming by number of dead rows instead of by a share of the table
-- keeps them from piling up in front of the oldest entry, where every relay begins to read.
ALTER TABLE outbox SET (
    fillfactor = 50,
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0
);
