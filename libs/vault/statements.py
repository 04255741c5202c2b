"""The vault's SQL: each statement is a whole step, and each locks rows in key order, so none can deadlock.

Other rows of the same cases are found by arrays of case ids, not by EXISTS: the planner turns that into a
hash of the whole table (seen: 7 ms instead of 1 for one seal among 20,000 cases).
"""

from typing import Final

_NEW_ITEM: Final = """
    case_id, item, n, key_version, algorithm, ciphertext,
    commitment_algorithm, commitment, fingerprint_algorithm, fingerprint"""

# An item goes in only under the key it was sealed with: one made in this statement, or one that was there.
# A case with items but without a key has lost its key row; it must not get another key of the same version.
WRITE: Final = f"""
WITH with_items AS MATERIALIZED (
    SELECT DISTINCT case_id FROM vault.items WHERE case_id = ANY($2::text[])
), made AS (
    INSERT INTO vault.vault_keys (case_id, key_version, algorithm, kek_id, wrapped_key, created_at)
    SELECT k.case_id, k.key_version, k.algorithm, k.kek_id, k.wrapped_key, $1
    FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::bytea[])
        AS k (case_id, key_version, algorithm, kek_id, wrapped_key)
    WHERE k.case_id NOT IN (SELECT case_id FROM with_items)
    ORDER BY k.case_id, k.key_version
    ON CONFLICT DO NOTHING
    RETURNING case_id, key_version
), usable AS MATERIALIZED (
    SELECT case_id, key_version, true AS under_new_key FROM made
    UNION ALL
    SELECT case_id, key_version, false FROM vault.vault_keys
    WHERE case_id = ANY($7::text[]) AND shredded_at IS NULL
), stored AS (
    INSERT INTO vault.items ({_NEW_ITEM}, sealed_at, wanted_at)
    SELECT {_NEW_ITEM}, $1, $1
    FROM unnest($7::text[], $8::text[], $9::int[], $10::int[], $11::text[], $12::bytea[],
                $13::text[], $14::bytea[], $15::text[], $16::bytea[], $17::bool[])
        AS i ({_NEW_ITEM}, under_new_key)
    JOIN usable USING (case_id, key_version, under_new_key)
    ORDER BY case_id, item, n
    ON CONFLICT DO NOTHING
    RETURNING case_id, item, n
), present AS (
    SELECT i.case_id, i.item, i.n
    FROM unnest($18::text[], $19::text[], $20::int[]) AS r (case_id, item, n)
    JOIN vault.items i USING (case_id, item, n)
    ORDER BY i.case_id, i.item, i.n
    FOR NO KEY UPDATE OF i
), freshened AS (
    UPDATE vault.items i SET wanted_at = greatest(i.wanted_at, $1)
    FROM present p WHERE (i.case_id, i.item, i.n) = (p.case_id, p.item, p.n)
    RETURNING i.case_id, i.item, i.n
)
SELECT case_id, item, n FROM stored UNION ALL SELECT case_id, item, n FROM freshened"""

_KEY: Final = "k.case_id, k.key_version, k.algorithm, k.kek_id, k.wrapped_key"

# A full join: a key without items and items without a key must both be seen.
KNOWN: Final = f"""
SELECT {_KEY}, i.case_id AS item_case, i.item, i.n,
       i.commitment_algorithm, i.commitment, i.fingerprint_algorithm, i.fingerprint
FROM (SELECT * FROM vault.vault_keys WHERE case_id = ANY($1::text[])) k
FULL JOIN (SELECT * FROM vault.items WHERE case_id = ANY($1::text[])) i
    ON (i.case_id, i.key_version) = (k.case_id, k.key_version)"""

FETCH: Final = f"""
SELECT {_KEY}, i.case_id AS item_case, i.item, i.n, i.key_version AS item_key_version,
       i.algorithm AS item_algorithm, i.ciphertext,
       i.commitment_algorithm, i.commitment, i.fingerprint_algorithm, i.fingerprint
FROM (SELECT * FROM vault.vault_keys WHERE case_id = ANY($1::text[])) k
FULL JOIN (SELECT i.* FROM unnest($1::text[], $2::text[], $3::int[]) AS r (case_id, item, n)
           JOIN vault.items i USING (case_id, item, n)) i
    ON (i.case_id, i.key_version) = (k.case_id, k.key_version)"""

# The tombstone is laid even where there was no key, so that none can come after it.
ERASE_KEYS: Final = """
WITH others AS (
    UPDATE vault.vault_keys
    SET algorithm = NULL, kek_id = NULL, wrapped_key = NULL, shredded_at = $2
    WHERE case_id = $1 AND key_version <> $3 AND shredded_at IS NULL
)
INSERT INTO vault.vault_keys AS k (case_id, key_version, created_at, shredded_at) VALUES ($1, $3, $2, $2)
ON CONFLICT (case_id, key_version) DO UPDATE
    SET algorithm = NULL, kek_id = NULL, wrapped_key = NULL, shredded_at = $2
    WHERE k.shredded_at IS NULL"""

REMOVE_ITEMS_OF: Final = """
DELETE FROM vault.items i WHERE i.case_id = $1
    AND EXISTS (SELECT FROM vault.vault_keys k WHERE k.case_id = $1 AND k.shredded_at IS NOT NULL)
    AND NOT EXISTS (SELECT FROM vault.vault_keys k WHERE k.case_id = $1 AND k.shredded_at IS NULL)"""

SHREDDED_WITH_ITEMS: Final = """
SELECT k.case_id FROM vault.vault_keys k
WHERE k.shredded_at IS NOT NULL
    AND EXISTS (SELECT FROM vault.items i WHERE i.case_id = k.case_id)
    AND NOT EXISTS (SELECT FROM vault.vault_keys o WHERE o.case_id = k.case_id AND o.shredded_at IS NULL)
GROUP BY k.case_id LIMIT $1"""

UNSETTLED: Final = """
SELECT case_id, item, n FROM vault.items
WHERE NOT referenced AND wanted_at < $1 AND ($2::text[] IS NULL OR item = ANY($2::text[]))
    AND (case_id, item, n) > ($3::text, $4::text, $5::int)
ORDER BY case_id, item, n LIMIT $6"""

SETTLE: Final = """
WITH named AS (
    SELECT i.case_id, i.item, i.n
    FROM unnest($1::text[], $2::text[], $3::int[]) AS r (case_id, item, n)
    JOIN vault.items i USING (case_id, item, n)
    ORDER BY i.case_id, i.item, i.n
    FOR NO KEY UPDATE OF i
)
UPDATE vault.items i SET referenced = true
FROM named WHERE (i.case_id, i.item, i.n) = (named.case_id, named.item, named.n)"""

# What another transaction holds is being sealed again right now: skip it. The condition is read again
# under the lock.
REMOVE_UNSETTLED: Final = """
WITH stale AS (
    SELECT i.case_id, i.item, i.n
    FROM unnest($1::text[], $2::text[], $3::int[]) AS r (case_id, item, n)
    JOIN vault.items i USING (case_id, item, n)
    WHERE i.wanted_at < $4 AND NOT i.referenced
    ORDER BY i.case_id, i.item, i.n
    FOR UPDATE OF i SKIP LOCKED
)
DELETE FROM vault.items i
USING stale WHERE (i.case_id, i.item, i.n) = (stale.case_id, stale.item, stale.n)"""

KEK_IDS: Final = "SELECT DISTINCT kek_id FROM vault.vault_keys WHERE shredded_at IS NULL"

WRAPPED_OTHERWISE: Final = f"""
SELECT {_KEY} FROM vault.vault_keys k
WHERE k.shredded_at IS NULL AND k.kek_id <> $1 AND (k.case_id, k.key_version) > ($2::text, $3::int)
ORDER BY k.case_id, k.key_version LIMIT $4"""

# Compare and set: a key shredded or wrapped by another in the meantime stays as it is.
REWRAP: Final = """
WITH unchanged AS (
    SELECT k.case_id, k.key_version, r.algorithm, r.kek_id, r.wrapped_key
    FROM unnest($1::text[], $2::int[], $3::bytea[], $4::text[], $5::text[], $6::bytea[])
        AS r (case_id, key_version, old_wrapped_key, algorithm, kek_id, wrapped_key)
    JOIN vault.vault_keys k USING (case_id, key_version)
    WHERE k.wrapped_key = r.old_wrapped_key
    ORDER BY k.case_id, k.key_version
    FOR NO KEY UPDATE OF k
)
UPDATE vault.vault_keys k SET algorithm = u.algorithm, kek_id = u.kek_id, wrapped_key = u.wrapped_key
FROM unchanged u WHERE (k.case_id, k.key_version) = (u.case_id, u.key_version)"""
