-- The directory is what the events of units come to. They are few: whoever asks folds them in memory.
-- A platform that had units before this table rebuilds the read model once: huiyin projections rebuild directory.
CREATE TABLE {schema}.unit_events (
    position bigint PRIMARY KEY,     -- in routing's ledger
    type     text NOT NULL,
    payload  bytea NOT NULL
);

DROP TABLE {schema}.units;

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.unit_events TO {role};
