-- Calendars and rules in force, as this service has heard of them from oversight.
CREATE TABLE {schema}.statute (
    version      text PRIMARY KEY,      -- cn@2027.1, K5@3
    kind         smallint NOT NULL,     -- oversight.v1.Publication
    jurisdiction text NOT NULL,         -- of a calendar; empty for a rule
    definition   text NOT NULL          -- to the letter as published
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.statute TO {role};
