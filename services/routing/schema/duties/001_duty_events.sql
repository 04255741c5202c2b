-- The duty catalogue as routing has recorded it. It is folded in memory, where every transfer asks it.
CREATE TABLE {schema}.duty_events (
    position bigint PRIMARY KEY,     -- in routing's ledger
    type     text NOT NULL,
    payload  bytea NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.duty_events TO {role};
