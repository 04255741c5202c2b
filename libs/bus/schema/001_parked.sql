-- Events of other services that this one could not apply, and the later ones of the same key that wait behind them.
-- Written by the service itself, in the transaction of the effect. {schema} and {role} are put in by the runner.

CREATE TABLE {schema}.parked_keys (
    key       text        PRIMARY KEY,  -- the case if there is one, else the stream
    since     timestamptz NOT NULL
);
COMMENT ON TABLE {schema}.parked_keys IS 'Its rows are locks: shared to let an event pass or wait, exclusive to retry or skip.';

CREATE TABLE {schema}.parked (
    arrival   bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    source    text        NOT NULL,
    position  bigint      NOT NULL CHECK (position > 0),
    key       text        NOT NULL REFERENCES {schema}.parked_keys (key),
    hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
    bytes     bytea       NOT NULL,
    poison    boolean     NOT NULL,      -- it failed itself; false: it waits behind one that did
    reason    text        NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (source, position)
);
CREATE INDEX parked_in_order ON {schema}.parked (key, arrival);

GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.parked_keys, {schema}.parked TO {role};
