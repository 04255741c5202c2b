-- The vault 保密库: what is confidential in a case, under one key a case. See libs/vault/README.md.
-- The runner sets the owning role and puts the vault's login role in place of the braces at the end.

CREATE SCHEMA vault;

-- One key a case. Backed up on its own, with a short retention: a restore must not bring back an erased key.
CREATE TABLE vault.vault_keys (
    case_id     text        NOT NULL CHECK (case_id <> ''),
    key_version integer     NOT NULL CHECK (key_version > 0),
    algorithm   text,
    kek_id      text,
    wrapped_key bytea,
    created_at  timestamptz NOT NULL,
    shredded_at timestamptz,
    PRIMARY KEY (case_id, key_version),
    CONSTRAINT a_key_or_a_tombstone CHECK (
        (shredded_at IS NULL AND num_nulls(algorithm, kek_id, wrapped_key) = 0)
        OR (shredded_at IS NOT NULL AND num_nonnulls(algorithm, kek_id, wrapped_key) = 0))
)
-- Erased bytes stay in the table's file until vacuum: do not wait for the usual twenty per cent.
WITH (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);

CREATE INDEX vault_keys_by_kek ON vault.vault_keys (kek_id, case_id, key_version) WHERE shredded_at IS NULL;
CREATE INDEX vault_keys_shredded ON vault.vault_keys (case_id) WHERE shredded_at IS NOT NULL;

-- No foreign key to vault_keys: the two tables are backed up and restored apart. The one statement that
-- inserts items takes only those whose key is there.
CREATE TABLE vault.items (
    case_id               text        NOT NULL,
    item                  text        NOT NULL CHECK (item <> ''),
    n                     integer     NOT NULL CHECK (n > 0),
    key_version           integer     NOT NULL,
    algorithm             text        NOT NULL,
    ciphertext            bytea       NOT NULL,
    commitment_algorithm  text        NOT NULL,
    commitment            bytea       NOT NULL,
    fingerprint_algorithm text        NOT NULL,
    fingerprint           bytea       NOT NULL,
    sealed_at             timestamptz NOT NULL,
    wanted_at             timestamptz NOT NULL,               -- last time a seal answered with this item
    referenced            boolean     NOT NULL DEFAULT false, -- a sweep found an event that refers to it
    PRIMARY KEY (case_id, item, n)
);

-- Ciphertext does not compress.
ALTER TABLE vault.items ALTER COLUMN ciphertext SET STORAGE EXTERNAL;

-- The sweep's work list: small, because what is referred to leaves it for ever.
CREATE INDEX items_unsettled ON vault.items (case_id, item, n) INCLUDE (wanted_at) WHERE NOT referenced;

CREATE FUNCTION vault.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'vault.%: % refused, what was sealed or shredded stays so', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER items_are_immutable BEFORE UPDATE OF
    case_id, item, n, key_version, algorithm, ciphertext, commitment_algorithm, commitment,
    fingerprint_algorithm, fingerprint, sealed_at
    ON vault.items FOR EACH ROW EXECUTE FUNCTION vault.refuse_change();

CREATE TRIGGER keys_keep_their_name BEFORE UPDATE OF case_id, key_version, created_at
    ON vault.vault_keys FOR EACH ROW EXECUTE FUNCTION vault.refuse_change();

CREATE TRIGGER tombstones_stay BEFORE UPDATE
    ON vault.vault_keys FOR EACH ROW WHEN (OLD.shredded_at IS NOT NULL)
    EXECUTE FUNCTION vault.refuse_change();

CREATE TRIGGER keys_are_never_deleted BEFORE DELETE
    ON vault.vault_keys FOR EACH ROW EXECUTE FUNCTION vault.refuse_change();

GRANT USAGE ON SCHEMA vault TO {role};
GRANT SELECT, INSERT, DELETE ON vault.items TO {role};
GRANT UPDATE (wanted_at, referenced) ON vault.items TO {role};
GRANT SELECT, INSERT ON vault.vault_keys TO {role};
GRANT UPDATE (algorithm, kek_id, wrapped_key, shredded_at) ON vault.vault_keys TO {role};
