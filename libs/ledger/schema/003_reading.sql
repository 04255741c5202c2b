-- What may be read, and the two small things besides appending that a service does to its own bookkeeping.

-- The table name and columns that the stock PostgresApplicationRecorder of the eventsourcing library reads
-- (text ids): SELECT only.
CREATE VIEW {schema}.stored_events AS
SELECT stream AS originator_id, version AS originator_version, type AS topic, bytes AS state,
       position AS notification_id
FROM {schema}.ledger;

-- Lines after a position, in order: for checks and copies that go through a whole ledger in batches.
CREATE FUNCTION {schema}.lines_after(after bigint, at_most integer) RETURNS SETOF {schema}.ledger
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT l.* FROM {schema}.ledger l WHERE l.position > after ORDER BY l.position LIMIT at_most;
END;

-- The positions in (after, after + at_most] whose line does not follow from the line before: the check of the
-- chain in one statement of plain SQL, for whoever has nothing but psql. Empty means unbroken.
CREATE FUNCTION {schema}.broken_links(after bigint, at_most integer) RETURNS SETOF bigint
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT wanted.position
    FROM generate_series(after + 1,
                         least(after + at_most, (SELECT greatest(h.position, max(m.position))
                                                 FROM {schema}.head h LEFT JOIN LATERAL
                                                      (SELECT max(position) AS position FROM {schema}.ledger) m ON true
                                                 GROUP BY h.position))) AS wanted(position)
    LEFT JOIN {schema}.ledger l ON l.position = wanted.position
    LEFT JOIN {schema}.ledger p ON p.position = wanted.position - 1
    CROSS JOIN {schema}.origin o
    WHERE l.hash IS DISTINCT FROM
          sha256(CASE wanted.position WHEN 1 THEN o.genesis ELSE p.hash END
                 || int8send(wanted.position) || sha256(l.bytes))
    ORDER BY wanted.position;
END;

-- Side effects that were carried out. Done once, done for ever: the first instant stays.
CREATE FUNCTION {schema}.intents_done(keys text[], at timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH done AS (
        UPDATE {schema}.intents i SET done_at = at WHERE i.key = ANY (keys) AND i.done_at IS NULL RETURNING 1
    )
    SELECT count(*)::integer FROM done;
END;

-- Keys older than their 30 days; those of imports stay for ever.
CREATE FUNCTION {schema}.forget_keys(before timestamptz) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    WITH gone AS (
        DELETE FROM {schema}.idempotency d WHERE NOT d.forever AND d.recorded_at < before RETURNING 1
    )
    SELECT count(*)::integer FROM gone;
END;
