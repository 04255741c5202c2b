-- Lines that a restored database lost, put back from the bus. Only the owner may do so, only at the head, and only
-- lines whose chain, computed here, is the one they claim. A service has no right to any of the `recover` functions.

-- What was put back, for whoever asks later. A recovery is settled once the read models know of it.
CREATE TABLE {schema}.recoveries (
    first_position bigint      PRIMARY KEY,
    last_position  bigint      NOT NULL CHECK (last_position >= first_position),
    recovered_at   timestamptz NOT NULL,
    settled_at     timestamptz
);

-- Lines after the head, in order. Raises, and with it undoes everything of its transaction, unless each follows.
CREATE FUNCTION {schema}.recover_lines(
    after bigint,
    line_stream text[], line_version bigint[], line_type text[], line_bytes bytea[], line_hash bytea[],
    line_recorded_at timestamptz[]
) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, {schema}, pg_temp
AS $recover$
#variable_conflict use_variable
DECLARE
    at   bigint;
    link bytea;
    torn text;
BEGIN
    SELECT h.position, h.hash INTO at, link FROM head h WHERE h.singleton FOR UPDATE;
    IF at <> after THEN
        RAISE EXCEPTION 'the ledger ends at %, not at %', at, after
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    FOR x IN 1 .. cardinality(line_bytes) LOOP
        at := at + 1;
        link := sha256(link || int8send(at) || sha256(line_bytes[x]));
        IF link IS DISTINCT FROM line_hash[x] THEN
            RAISE EXCEPTION 'line % does not follow upon the one before it', at USING ERRCODE = 'data_exception';
        END IF;
    END LOOP;
    INSERT INTO ledger (position, stream, version, type, bytes, hash, recorded_at)
    SELECT after + u.n, u.stream, u.version, u.type, u.bytes, u.hash, u.recorded_at
    FROM unnest(line_stream, line_version, line_type, line_bytes, line_hash, line_recorded_at)
         WITH ORDINALITY AS u(stream, version, type, bytes, hash, recorded_at, n);
    -- Each line of a stream is one version further than the line before it, wherever that one stands.
    SELECT l.stream INTO torn
    FROM ledger l
    LEFT JOIN LATERAL (SELECT p.version FROM ledger p WHERE p.stream = l.stream AND p.position < l.position
                       ORDER BY p.version DESC LIMIT 1) p ON true
    WHERE l.position > after AND l.version <> coalesce(p.version + 1, least(l.version, 1))
    LIMIT 1;
    IF torn IS NOT NULL THEN
        RAISE EXCEPTION 'the versions of % do not follow', torn USING ERRCODE = 'data_exception';
    END IF;
    UPDATE head h SET position = at, hash = link WHERE h.singleton;
    RETURN at;
END;
$recover$;

-- What was written beside those lines, as far as the lines tell it. Nothing here ever goes backwards.
CREATE FUNCTION {schema}.recover_books(
    first_position bigint, last_position bigint, recovered_at timestamptz,
    key_principal text[], key_operation text[], key_key text[], key_first bigint[], key_lines integer[],
    register_name text[], register_serial bigint[],
    due_key text[], due_position bigint[], done_key text[], done_at timestamptz[],
    inbox_source text[], inbox_position bigint[]
) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, {schema}, pg_temp
AS $recover$
#variable_conflict use_variable
BEGIN
    -- The body is known to nobody any more. No request has the hash of zeros: whoever comes again with the key is
    -- told that it was used, and nothing is recorded twice.
    INSERT INTO idempotency (principal, operation, key, body_sha256, first_position, lines, recorded_at, forever)
    SELECT u.principal, u.operation, u.key, decode(repeat('00', 32), 'hex'), u.first, u.lines, l.recorded_at, false
    FROM unnest(key_principal, key_operation, key_key, key_first, key_lines)
         AS u(principal, operation, key, first, lines)
    JOIN ledger l ON l.position = u.first
    ON CONFLICT (principal, operation, key) DO NOTHING;

    INSERT INTO registers AS g (name, serial)
    SELECT u.name, u.serial FROM unnest(register_name, register_serial) AS u(name, serial)
    ON CONFLICT (name) DO UPDATE SET serial = greatest(g.serial, excluded.serial);

    INSERT INTO intents (key, position)
    SELECT u.key, u.position FROM unnest(due_key, due_position) AS u(key, position)
    ON CONFLICT (key) DO NOTHING;

    UPDATE intents i SET done_at = u.done_at
    FROM unnest(done_key, done_at) AS u(key, done_at) WHERE i.key = u.key AND i.done_at IS NULL;

    INSERT INTO inbox AS b (source, position)
    SELECT u.source, u.position FROM unnest(inbox_source, inbox_position) AS u(source, position)
    ON CONFLICT (source) DO UPDATE SET position = greatest(b.position, excluded.position);

    INSERT INTO recoveries (first_position, last_position, recovered_at, settled_at)
    VALUES (first_position, last_position, recovered_at,
            CASE WHEN cardinality(inbox_source) = 0 THEN recovered_at END);
END;
$recover$;

-- The service says that its read models have been folded again, up to its inbox as it now stands.
CREATE FUNCTION {schema}.recovery_settled(at timestamptz) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    UPDATE {schema}.recoveries r SET settled_at = at WHERE r.settled_at IS NULL;
END;

REVOKE ALL ON FUNCTION
    {schema}.recover_lines(bigint, text[], bigint[], text[], bytea[], bytea[], timestamptz[]),
    {schema}.recover_books(bigint, bigint, timestamptz, text[], text[], text[], bigint[], integer[], text[], bigint[],
                           text[], bigint[], text[], timestamptz[], text[], bigint[]),
    {schema}.recovery_settled(timestamptz)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {schema}.recovery_settled(timestamptz) TO {role};
GRANT SELECT ON {schema}.recoveries TO {role}, {auditor};
