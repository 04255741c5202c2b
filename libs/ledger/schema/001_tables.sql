-- The ledger 台账 of one service: append-only, gapless, hash-chained. Public layout, see docs/ledger.md.
-- Nobody but the owner of this schema writes here; the service calls the functions of the files that follow.
-- {schema}, {role}, {service}, {installation} are put in by the runner.

CREATE SCHEMA {schema};

-- hash(n) = SHA-256(hash(n-1) || n as 8 bytes, most significant first || SHA-256(bytes)); bytes are a
-- huiyin.envelope.v1.RecordedEvent, never encoded again after they were decided. Identifiers sort by their
-- bytes, whatever the database's locale.
CREATE TABLE {schema}.ledger (
    position    bigint      PRIMARY KEY CHECK (position > 0),
    stream      text        COLLATE "C" NOT NULL CHECK (stream <> ''),
    version     bigint      NOT NULL CHECK (version >= 0),
    type        text        COLLATE "C" NOT NULL CHECK (type <> ''),
    bytes       bytea       NOT NULL CONSTRAINT a_line_is_at_most_64_kib CHECK (octet_length(bytes) <= 65536),
    hash        bytea       NOT NULL CHECK (octet_length(hash) = 32),
    recorded_at timestamptz NOT NULL,
    UNIQUE (stream, version)
)
-- Lines are never changed, so there is nothing to clean; analyse often enough that plans stay sane.
WITH (autovacuum_analyze_scale_factor = 0.05);

-- Who this ledger is; hash(0) = SHA-256('huiyin-ledger-v1' || service || installation).
CREATE TABLE {schema}.origin (
    singleton    boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    service      text    NOT NULL,
    installation text    NOT NULL,
    genesis      bytea   NOT NULL
);
INSERT INTO {schema}.origin (service, installation, genesis)
VALUES ('{service}', '{installation}',
        sha256(convert_to('huiyin-ledger-v1' || '{service}' || '{installation}', 'UTF8')));

-- Position and hash of the last line. Its row lock orders all writers: commit order is position order.
CREATE TABLE {schema}.head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    position  bigint  NOT NULL,
    hash      bytea   NOT NULL
) WITH (fillfactor = 10);
INSERT INTO {schema}.head (position, hash) SELECT 0, genesis FROM {schema}.origin;

-- What a principal already asked for. The answer is rebuilt from the lines, never stored.
CREATE TABLE {schema}.idempotency (
    principal      text        NOT NULL,
    operation      text        NOT NULL,
    key            text        NOT NULL,
    body_sha256    bytea       NOT NULL CHECK (octet_length(body_sha256) = 32),
    first_position bigint      NOT NULL,
    lines          integer     NOT NULL,
    recorded_at    timestamptz NOT NULL,
    forever        boolean     NOT NULL,
    PRIMARY KEY (principal, operation, key)
);
CREATE INDEX idempotency_by_age ON {schema}.idempotency (recorded_at) WHERE NOT forever;

-- How far this service has applied what other services recorded.
CREATE TABLE {schema}.inbox (
    source   text   PRIMARY KEY,
    position bigint NOT NULL CHECK (position >= 0)
) WITH (fillfactor = 50);

-- Serial numbers without gaps. A writer that came too late has the next turn for a moment, so that
-- two busy replicas share a register fairly.
CREATE TABLE {schema}.registers (
    name       text   PRIMARY KEY CHECK (name <> ''),
    serial     bigint NOT NULL CHECK (serial >= 0),
    turn_of    text,
    turn_until timestamptz
) WITH (fillfactor = 50);

-- Side effects that became due, each at most once for ever.
CREATE TABLE {schema}.intents (
    key      text   PRIMARY KEY CHECK (key <> ''),
    position bigint NOT NULL,
    done_at  timestamptz
);
CREATE INDEX intents_open ON {schema}.intents (position) WHERE done_at IS NULL;
