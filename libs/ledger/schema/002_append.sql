-- The one way into the ledger: one statement, one round trip, so no client ever holds the head row while
-- it thinks. A call carries many appends (groups of lines that are written together or not at all); what
-- spoils one of them is foreseen here and told to that one alone, the others are written.
--
-- Fates: 0 written · 1 replayed (known key, same body) · 2 version conflict · 3 key reused with another body
--        4 stale register serial · 5 intent already taken · 6 inbox position is not the expected one (all)
-- With together = true any fate above 1 means that nothing at all was written.
--
-- Lists are counted from 1. Distinct streams, keys, registers and intents are passed once and referred to
-- by number; lines, claims and intents are in the order of their appends.

CREATE FUNCTION {schema}.append(
    together boolean, writer text,
    streams text[], line_stream integer[], line_version bigint[], line_type text[], line_bytes bytea[],
    line_recorded_at timestamptz[],
    append_lines integer[],
    key_principal text[], key_operation text[], key_key text[],
    append_key integer[], append_body bytea[], append_forever boolean[],
    register_name text[], claim_append integer[], claim_register integer[], claim_serial bigint[],
    intent_key text[], intent_append integer[], intent_number integer[],
    source text, expected bigint, moved_to bigint,
    OUT fates smallint[], OUT firsts bigint[], OUT counts integer[],
    OUT first_hashes bytea[], OUT last_hashes bytea[], OUT serials bigint[]
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, {schema}, pg_temp
-- Every look-up here is a handful of index probes; on a fresh table the planner would prefer to read it all.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET jit = off
AS $append$
#variable_conflict use_variable
DECLARE
    appends    CONSTANT integer := cardinality(append_lines);
    at         bigint;             -- head position while going through the lines
    link       bytea;              -- its hash
    start      bigint;             -- head position before this call
    latest     bigint[];           -- by stream: its last version, -1 when absent
    positions  bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(line_bytes)]);
    hashes     bytea[] := array_fill(NULL::bytea, ARRAY[cardinality(line_bytes)]);
    known_body bytea[]; known_first bigint[]; known_count integer[];
    known_first_hash bytea[]; known_last_hash bytea[];
    stored     bigint[];           -- by register: the serial before this call
    late       boolean[];          -- by register: the first claim did not follow the stored serial
    claimed    boolean[];          -- by register: a claim was looked at
    granted    boolean[];          -- by register: a claim was granted
    taken      boolean[];          -- by intent
    claims     CONSTANT integer := cardinality(claim_append);
    intents_in CONSTANT integer := cardinality(intent_append);
    line integer := 0;             -- last line of the appends before
    c integer := 1; i integer := 1; k integer; s integer; r integer; n integer; l integer; j integer;
    fate smallint;
    before_at bigint; before_link bytea;
    rejected boolean := false;
    inbox_at bigint;
BEGIN
    SELECT h.position, h.hash INTO STRICT at, link FROM head h WHERE h.singleton FOR UPDATE;
    start := at;
    fates := array_fill(0::smallint, ARRAY[appends]);
    firsts := array_fill(NULL::bigint, ARRAY[appends]);
    counts := append_lines;
    first_hashes := array_fill(NULL::bytea, ARRAY[appends]);
    last_hashes := array_fill(NULL::bytea, ARRAY[appends]);

    IF source IS NOT NULL THEN
        SELECT b.position INTO inbox_at FROM inbox b WHERE b.source = append.source;
        IF coalesce(inbox_at, 0) <> expected THEN
            fates := array_fill(6::smallint, ARRAY[greatest(appends, 1)]);
            RETURN;
        END IF;
    END IF;

    IF cardinality(streams) > 0 THEN
        SELECT array_agg(coalesce(was.version, -1) ORDER BY u.n) INTO latest
        FROM unnest(streams) WITH ORDINALITY AS u(stream, n)
        LEFT JOIN LATERAL (SELECT l.version FROM ledger l WHERE l.stream = u.stream
                           ORDER BY l.version DESC LIMIT 1) was ON true;
    END IF;
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

    FOR a IN 1 .. appends LOOP
        n := append_lines[a];
        k := coalesce(append_key[a], 0);
        fate := 0;
        IF k > 0 AND known_first[k] IS NOT NULL THEN
            fate := CASE WHEN known_body[k] = append_body[a] THEN 1 ELSE 3 END;
            firsts[a] := known_first[k];
            counts[a] := known_count[k];
            first_hashes[a] := known_first_hash[k];
            last_hashes[a] := known_last_hash[k];
        ELSE
            before_at := at;
            before_link := link;
            FOR x IN line + 1 .. line + n LOOP
                s := line_stream[x];
                -- A stream counts 1, 2, 3 ...; the eventsourcing library counts from 0.
                IF line_version[x] <> latest[s] + 1 AND (latest[s] <> -1 OR line_version[x] <> 1) THEN
                    fate := 2;
                    l := x - 1;
                    EXIT;
                END IF;
                latest[s] := line_version[x];
                at := at + 1;
                link := sha256(link || int8send(at) || sha256(line_bytes[x]));
                positions[x] := at;
                hashes[x] := link;
            END LOOP;
            IF fate = 0 THEN
                l := line + n;
                j := c;
                WHILE j <= claims AND claim_append[j] = a LOOP
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
                WHILE fate = 0 AND j <= intents_in AND intent_append[j] = a LOOP
                    IF taken[intent_number[j]] THEN
                        fate := 5;
                    END IF;
                    j := j + 1;
                END LOOP;
            END IF;
            IF fate = 0 THEN
                j := c;
                WHILE j <= claims AND claim_append[j] = a LOOP
                    serials[claim_register[j]] := claim_serial[j];
                    granted[claim_register[j]] := true;
                    j := j + 1;
                END LOOP;
                j := i;
                WHILE j <= intents_in AND intent_append[j] = a LOOP
                    taken[intent_number[j]] := true;
                    j := j + 1;
                END LOOP;
                firsts[a] := before_at + 1;
                first_hashes[a] := hashes[line + 1];
                last_hashes[a] := link;
                IF k > 0 THEN
                    known_body[k] := append_body[a];
                    known_first[k] := before_at + 1;
                    known_count[k] := n;
                    known_first_hash[k] := hashes[line + 1];
                    known_last_hash[k] := link;
                END IF;
            ELSE
                FOR x IN REVERSE l .. line + 1 LOOP
                    latest[line_stream[x]] := line_version[x] - 1;
                    positions[x] := NULL;
                    hashes[x] := NULL;
                END LOOP;
                at := before_at;
                link := before_link;
            END IF;
        END IF;
        IF fate > 0 THEN
            fates[a] := fate;
            rejected := rejected OR fate > 1;
        END IF;
        WHILE c <= claims AND claim_append[c] = a LOOP c := c + 1; END LOOP;
        WHILE i <= intents_in AND intent_append[i] = a LOOP i := i + 1; END LOOP;
        line := line + n;
    END LOOP;

    IF true = ANY (late) THEN
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
        INSERT INTO ledger (position, stream, version, type, bytes, hash, recorded_at)
        SELECT u.position, streams[u.stream], u.version, u.type, u.bytes, u.hash, u.recorded_at
        FROM unnest(positions, line_stream, line_version, line_type, line_bytes, hashes, line_recorded_at)
             AS u(position, stream, version, type, bytes, hash, recorded_at)
        WHERE u.position IS NOT NULL;
        UPDATE head h SET position = at, hash = link WHERE h.singleton;
    END IF;
    IF cardinality(key_key) > 0 THEN
        INSERT INTO idempotency (principal, operation, key, body_sha256, first_position, lines, recorded_at, forever)
        SELECT key_principal[u.k], key_operation[u.k], key_key[u.k], u.body, u.first, u.lines, w.recorded_at, u.forever
        FROM unnest(append_key, fates, append_body, firsts, append_lines, append_forever)
             AS u(k, fate, body, first, lines, forever)
        JOIN ledger w ON w.position = u.first
        WHERE u.k > 0 AND u.fate = 0;
    END IF;
    IF true = ANY (granted) THEN
        INSERT INTO registers AS g (name, serial)
        SELECT u.name, u.serial FROM unnest(register_name, serials, granted) AS u(name, serial, granted)
        WHERE u.granted
        ON CONFLICT (name) DO UPDATE SET serial = excluded.serial, turn_of = NULL, turn_until = NULL;
    END IF;
    IF intents_in > 0 THEN
        INSERT INTO intents (key, position)
        SELECT intent_key[u.number], firsts[u.a] FROM unnest(intent_append, intent_number) AS u(a, number)
        WHERE fates[u.a] = 0;
    END IF;
    IF source IS NOT NULL THEN
        INSERT INTO inbox AS b (source, position) VALUES (append.source, moved_to)
        ON CONFLICT ON CONSTRAINT inbox_pkey DO UPDATE SET position = excluded.position;
    END IF;
END;
$append$;
