-- What every service recorded, in one place, and what it amounts to for each case.
CREATE TABLE {schema}.timeline (
    service     text        NOT NULL,
    position    bigint      NOT NULL,
    case_id     text,
    stream      text        NOT NULL,
    type        text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    hash        bytea       NOT NULL,
    bytes       bytea       NOT NULL,
    PRIMARY KEY (service, position)
);
CREATE INDEX timeline_by_case ON {schema}.timeline (case_id) WHERE case_id IS NOT NULL;

CREATE TABLE {schema}.cases (
    case_id        text PRIMARY KEY,
    receipt_number text NOT NULL,
    state          text,
    holder         text,
    imported       boolean NOT NULL,
    received_at    timestamptz,
    served_at      timestamptz,
    events         integer NOT NULL
);
CREATE INDEX cases_by_receipt ON {schema}.cases (receipt_number);
CREATE INDEX cases_by_arrival ON {schema}.cases (received_at DESC, case_id DESC);

-- The last line of each service whose link was checked, and the first one that did not fit.
CREATE TABLE {schema}.chains (
    service   text PRIMARY KEY,
    position  bigint NOT NULL,
    hash      bytea  NOT NULL,
    broken_at bigint
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.timeline, {schema}.cases, {schema}.chains TO {role};
