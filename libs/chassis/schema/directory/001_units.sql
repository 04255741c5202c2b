-- The directory of units, as this service has heard of it from routing.
CREATE TABLE {schema}.units (
    unit_id        text PRIMARY KEY,
    name           text NOT NULL,
    kind           smallint NOT NULL,
    level          smallint NOT NULL,
    division       text NOT NULL,
    parent_unit_id text,
    organ_code     text NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.units TO {role};
