-- The notices 告知 that are owed and were handed over: the fold of notification's own ledger. No personal data.
CREATE TABLE {schema}.notices (
    notice_key      text        PRIMARY KEY,
    case_id         text        NOT NULL,
    kind            text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('prepared', 'delivered', 'undeliverable')),
    position        bigint      NOT NULL,      -- of the first line about it: the order in which notices arose
    recorded_at     timestamptz NOT NULL,
    settled_at      timestamptz,               -- delivered, or found undeliverable
    means           text        NOT NULL,
    document_sha256 text        NOT NULL,      -- in hexadecimal; empty while nothing was handed over
    reason          text        NOT NULL
);
CREATE INDEX notices_by_case ON {schema}.notices (case_id, position);
CREATE INDEX notices_by_state ON {schema}.notices (state, position);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.notices TO {role};
