-- The one way into the ledger: one statement, one round trip, so no client ever holds the head row while
-- it thinks. A call carries many appends (groups of lines that are written together or not at all); what
-- spoils one of them is foreseen here and told to that one alone, the others are written.
--
-- Fates: 0 written · 1 replayed (known key, same body) · 2 version conflict · 3 key reused with another body
--        4 stale register serial · 5 intent already taken · 6 inbox position is not the expected one (all)
-- With together = true any fate above 1 means that nothing at all was written.
--
-- Lists are counted from 1. Distinct streams, keys, registers and intents are passed once and referred to
-- by number; lines, claims and intents are in the order of their appends. What is written stands at
-- start + 1, start + 2 ...; `hashes` has one entry a line, NULL for what was not written. Instants are
-- microseconds since 1970 UTC.
--
-- The plain case: every append is one line on a stream of its own, without claims and intents, and all of them
-- have a key of their own or none has. Then `line_stream`, `line_version`, `append_lines` and `append_key` are
-- empty, and what all lines allow is decided for all at once. As soon as one does not follow, the lists are
-- made up and each append is looked at.
--
-- PL/pgSQL sets up every expression anew in every transaction: the plain path has few of them.

CREATE FUNCTION {schema}.append(
    together boolean, writer text,
    streams text[], stream_version bigint[],
    line_stream integer[], line_version bigint[], line_type text[], line_bytes bytea[],
    line_recorded_us bigint[],
    append_lines integer[],
    key_principal text[], key_operation text[], key_key text[],
    append_key integer[], append_body bytea[], append_forever boolean[],
    register_name text[], claim_append integer[], claim_register integer[], claim_serial bigint[],
    intent_key text[], intent_append integer[], intent_number integer[],
    source text, expected bigint, moved_to bigint,
    OUT start bigint, OUT fates smallint[], OUT hashes bytea[],
    OUT known_first bigint[], OUT known_count integer[], OUT known_first_hash bytea[], OUT known_last_hash bytea[],
    OUT serials bigint[]
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, {schema}, pg_temp
-- Every look-up here is a handful of index probes; on a fresh table the planner would prefer to read it all.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $append$
#variable_conflict use_variable
DECLARE
    extras     boolean;
    at         bigint;             -- head position while going through the lines
    link       bytea;              -- its hash
    latest     bigint[];           -- by stream: its last version, -1 when absent
    line       integer := 0;       -- last line of the appends before
    upto       integer;            -- last line of this append
    good       integer;            -- last line of this append that follows from its stream
    s integer; fate smallint := 0;
    rejected   boolean := false;
    -- Only with extras.
    known_body bytea[];
    stored     bigint[];           -- by register: the serial before this call
    late       boolean[];          -- by register: the first claim did not follow the stored serial
    claimed    boolean[];          -- by register: a claim was looked at
    granted    boolean[];          -- by register: a claim was granted
    taken      boolean[];          -- by intent
    before_at bigint; before_link bytea;
    c integer := 1; i integer := 1; j integer; k integer; r integer;
    inbox_at bigint;
BEGIN
    SELECT h.position, h.hash INTO at, link FROM head h WHERE h.singleton FOR UPDATE;
    start := at;

    IF source IS NOT NULL THEN
        SELECT b.position INTO inbox_at FROM inbox b WHERE b.source = append.source;
        IF coalesce(inbox_at, 0) <> expected THEN
            fates := array_fill(6::smallint, ARRAY[greatest(cardinality(append_lines), 1)]);
            RETURN;
        END IF;
        IF cardinality(streams) = 0 THEN   -- Nothing follows from what was consumed.
            INSERT INTO inbox AS b (source, position) VALUES (append.source, moved_to)
            ON CONFLICT ON CONSTRAINT inbox_pkey DO UPDATE SET position = excluded.position;
            RETURN;
        END IF;
    END IF;

    IF cardinality(line_stream) = 0 AND cardinality(streams) > 0 THEN
        IF NOT EXISTS (
            SELECT FROM unnest(streams, stream_version) AS u(stream, version)
            WHERE u.version <> coalesce((SELECT l.version FROM ledger l WHERE l.stream = u.stream
                                         ORDER BY l.version DESC LIMIT 1), 0) + 1
        ) AND (cardinality(key_key) = 0 OR NOT EXISTS (
            SELECT FROM unnest(key_principal, key_operation, key_key) AS u(principal, operation, key)
            WHERE EXISTS (SELECT FROM idempotency d
                          WHERE d.principal = u.principal AND d.operation = u.operation AND d.key = u.key)
        )) THEN
            hashes := line_bytes;      -- As long as the lines; every entry is replaced.
            FOR x IN 1 .. cardinality(line_bytes) LOOP
                link := sha256(link || int8send(start + x) || sha256(line_bytes[x]));
                hashes[x] := link;
            END LOOP;
            WITH written AS (
                INSERT INTO ledger (position, stream, version, type, bytes, hash, recorded_at)
                SELECT start + u.n, u.stream, u.version, u.type, u.bytes, u.hash,
                       timestamptz 'epoch' + u.us * interval '1 microsecond'
                FROM unnest(streams, stream_version, line_type, line_bytes, hashes, line_recorded_us)
                     WITH ORDINALITY AS u(stream, version, type, bytes, hash, us, n)
            )
            UPDATE head h SET position = start + cardinality(line_bytes), hash = link WHERE h.singleton;
            IF cardinality(key_key) > 0 THEN
                INSERT INTO idempotency
                    (principal, operation, key, body_sha256, first_position, lines, recorded_at, forever)
                SELECT u.principal, u.operation, u.key, u.body, start + u.n, 1,
                       timestamptz 'epoch' + u.us * interval '1 microsecond', u.forever
                FROM unnest(key_principal, key_operation, key_key, append_body, append_forever, line_recorded_us)
                     WITH ORDINALITY AS u(principal, operation, key, body, forever, us, n);
            END IF;
            IF source IS NOT NULL THEN
                INSERT INTO inbox AS b (source, position) VALUES (append.source, moved_to)
                ON CONFLICT ON CONSTRAINT inbox_pkey DO UPDATE SET position = excluded.position;
            END IF;
            RETURN;
        END IF;
        line_stream := ARRAY(SELECT generate_series(1, cardinality(streams)));
        line_version := stream_version;
        append_lines := array_fill(1, ARRAY[cardinality(streams)]);
        append_key := CASE WHEN cardinality(key_key) > 0 THEN line_stream ELSE append_key END;
    END IF;
    extras := cardinality(key_key) + cardinality(claim_append) + cardinality(intent_append) > 0;

    -- A stream has its last version just before the first one offered, and nothing there: one short index
    -- range tells. Where it tells otherwise, the last version itself is looked up: it decides who conflicts.
    latest := ARRAY(
        SELECT CASE
            WHEN near.version = u.version - 1 OR (near.version IS NULL AND u.version <= 1) THEN u.version - 1
            ELSE coalesce((SELECT l.version FROM ledger l WHERE l.stream = u.stream
                           ORDER BY l.version DESC LIMIT 1), -1) END
        FROM unnest(streams, stream_version) AS u(stream, version)
        CROSS JOIN LATERAL (SELECT max(l.version) AS version FROM ledger l WHERE l.stream = u.stream
                            AND l.version BETWEEN u.version - 1 AND u.version + 0) near);
    hashes := line_bytes;          -- As long as the lines; every entry is replaced below.

    IF extras THEN
        IF cardinality(key_key) > 0 THEN
            SELECT array_agg(d.body_sha256 ORDER BY u.n), array_agg(d.first_position ORDER BY u.n),
                   array_agg(d.lines ORDER BY u.n), array_agg(a.hash ORDER BY u.n), array_agg(z.hash ORDER BY u.n)
            INTO known_body, known_first, known_count, known_first_hash, known_last_hash
            FROM unnest(key_principal, key_operation, key_key) WITH ORDINALITY AS u(principal, operation, key, n)
            LEFT JOIN idempotency d
                   ON d.principal = u.principal AND d.operation = u.operation AND d.key = u.key
            LEFT JOIN ledger a ON a.position = d.first_position
            LEFT JOIN ledger z ON z.position = d.first_position + d.lines - 1;
        END IF;
        IF cardinality(register_name) > 0 THEN
            SELECT array_agg(coalesce(g.serial, 0) ORDER BY u.n),
                   -- Another writer's turn makes every claim late. (A lease, not a recorded time.)
                   array_agg(coalesce(g.turn_of <> writer AND g.turn_until > clock_timestamp(), false) ORDER BY u.n)
            INTO serials, late
            FROM unnest(register_name) WITH ORDINALITY AS u(name, n) LEFT JOIN registers g ON g.name = u.name;
            stored := serials;
            claimed := late;
            granted := array_fill(false, ARRAY[cardinality(register_name)]);
        END IF;
        IF cardinality(intent_key) > 0 THEN
            SELECT array_agg(t.key IS NOT NULL ORDER BY u.n) INTO taken
            FROM unnest(intent_key) WITH ORDINALITY AS u(key, n) LEFT JOIN intents t ON t.key = u.key;
        END IF;
    END IF;

    FOR a IN 1 .. cardinality(append_lines) LOOP
        upto := line + append_lines[a];
        good := line;
        IF extras THEN
            fate := 0;
            before_at := at;
            before_link := link;
            k := coalesce(append_key[a], 0);
            IF k > 0 AND known_first[k] IS NOT NULL THEN
                fate := CASE WHEN known_body[k] = append_body[a] THEN 1 ELSE 3 END;
            END IF;
        END IF;
        IF fate = 0 THEN
            FOR x IN line + 1 .. upto LOOP
                s := line_stream[x];
                -- A stream counts 1, 2, 3 ...; the eventsourcing library counts from 0.
                IF line_version[x] <> latest[s] + 1 AND (latest[s] <> -1 OR line_version[x] <> 1) THEN
                    fate := 2;
                    EXIT;
                END IF;
                latest[s] := line_version[x];
                at := at + 1;
                link := sha256(link || int8send(at) || sha256(line_bytes[x]));
                hashes[x] := link;
                good := x;
            END LOOP;
        END IF;
        IF extras AND fate = 0 THEN
            j := c;
            WHILE claim_append[j] = a LOOP
                r := claim_register[j];
                IF NOT claimed[r] AND claim_serial[j] <> serials[r] + 1 THEN
                    late[r] := true;
                END IF;
                claimed[r] := true;
                IF late[r] OR claim_serial[j] <> serials[r] + 1 THEN
                    fate := 4;
                END IF;
                j := j + 1;
            END LOOP;
            j := i;
            WHILE fate = 0 AND intent_append[j] = a LOOP
                IF taken[intent_number[j]] THEN
                    fate := 5;
                END IF;
                j := j + 1;
            END LOOP;
            IF fate = 0 THEN
                WHILE claim_append[c] = a LOOP
                    serials[claim_register[c]] := claim_serial[c];
                    granted[claim_register[c]] := true;
                    c := c + 1;
                END LOOP;
                WHILE intent_append[i] = a LOOP
                    taken[intent_number[i]] := true;
                    i := i + 1;
                END LOOP;
                IF k > 0 THEN
                    known_body[k] := append_body[a];
                    known_first[k] := before_at + 1;
                    known_count[k] := append_lines[a];
                    known_first_hash[k] := hashes[line + 1];
                    known_last_hash[k] := link;
                END IF;
            END IF;
        END IF;
        IF fate <> 0 THEN
            -- What of it was counted already is taken back.
            FOR x IN REVERSE good .. line + 1 LOOP
                latest[line_stream[x]] := line_version[x] - 1;
            END LOOP;
            FOR x IN line + 1 .. upto LOOP
                hashes[x] := NULL;
            END LOOP;
            IF extras THEN
                at := before_at;
                link := before_link;
                WHILE claim_append[c] = a LOOP c := c + 1; END LOOP;
                WHILE intent_append[i] = a LOOP i := i + 1; END LOOP;
            ELSIF good > line THEN
                at := at - (good - line);
                link := CASE WHEN at = start THEN (SELECT h.hash FROM head h WHERE h.singleton)
                             ELSE (SELECT w.hash FROM unnest(hashes) WITH ORDINALITY AS w(hash, n)
                                   WHERE w.hash IS NOT NULL AND w.n <= line ORDER BY w.n DESC LIMIT 1) END;
            END IF;
            IF fates IS NULL THEN
                fates := array_fill(0::smallint, ARRAY[cardinality(append_lines)]);
            END IF;
            fates[a] := fate;
            rejected := rejected OR fate > 1;
            fate := 0;
        END IF;
        line := upto;
    END LOOP;

    IF extras AND true = ANY (late) THEN
        INSERT INTO registers AS g (name, serial, turn_of, turn_until)
        SELECT u.name, 0, writer, clock_timestamp() + interval '100 milliseconds'
        FROM unnest(register_name, late) AS u(name, late) WHERE u.late
        ON CONFLICT (name) DO UPDATE SET turn_of = excluded.turn_of, turn_until = excluded.turn_until
        WHERE g.turn_until IS NULL OR g.turn_until <= clock_timestamp();
    END IF;
    IF together AND rejected THEN
        serials := stored;
        RETURN;
    END IF;
    IF at > start THEN
        WITH written AS (
            INSERT INTO ledger (position, stream, version, type, bytes, hash, recorded_at)
            SELECT start + row_number() OVER (), streams[u.stream], u.version, u.type, u.bytes, u.hash,
                   timestamptz 'epoch' + u.us * interval '1 microsecond'
            FROM unnest(line_stream, line_version, line_type, line_bytes, hashes, line_recorded_us)
                 AS u(stream, version, type, bytes, hash, us)
            WHERE u.hash IS NOT NULL
        )
        UPDATE head h SET position = at, hash = link WHERE h.singleton;
    END IF;
    IF extras THEN
        IF cardinality(key_key) > 0 AND at > start THEN
            INSERT INTO idempotency
                (principal, operation, key, body_sha256, first_position, lines, recorded_at, forever)
            SELECT key_principal[u.k], key_operation[u.k], key_key[u.k], u.body, known_first[u.k],
                   known_count[u.k], w.recorded_at, u.forever
            FROM unnest(append_key, append_body, append_forever) WITH ORDINALITY AS u(k, body, forever, n)
            JOIN ledger w ON w.position = known_first[u.k]
            WHERE u.k > 0 AND known_first[u.k] > start AND coalesce(fates[u.n], 0) = 0;
        END IF;
        IF true = ANY (granted) THEN
            INSERT INTO registers AS g (name, serial)
            SELECT u.name, u.serial FROM unnest(register_name, serials, granted) AS u(name, serial, granted)
            WHERE u.granted
            ON CONFLICT (name) DO UPDATE SET serial = excluded.serial, turn_of = NULL, turn_until = NULL;
        END IF;
        IF cardinality(intent_append) > 0 THEN
            -- The first line of an append stands at the head plus the lines written up to there.
            INSERT INTO intents (key, position)
            SELECT intent_key[d.number], start + p.before + 1
            FROM unnest(intent_append, intent_number) AS d(a, number)
            JOIN (SELECT u.n, sum(CASE WHEN coalesce(u.fate, 0) = 0 THEN u.lines ELSE 0 END)
                              OVER (ORDER BY u.n ROWS UNBOUNDED PRECEDING) - u.lines AS before
                  FROM unnest(append_lines, fates) WITH ORDINALITY AS u(lines, fate, n)) p ON p.n = d.a
            WHERE coalesce(fates[d.a], 0) = 0;
        END IF;
    END IF;
    IF source IS NOT NULL THEN
        INSERT INTO inbox AS b (source, position) VALUES (append.source, moved_to)
        ON CONFLICT ON CONSTRAINT inbox_pkey DO UPDATE SET position = excluded.position;
    END IF;
END;
$append$;
