-- The revisits 回访 that are owed and done: the fold of revisit's own ledger. No personal data.
CREATE TABLE {schema}.tasks (
    case_id         text    PRIMARY KEY,
    unit_id         text    NOT NULL,      -- who calls back; empty while nobody has taken it
    handler_unit_id text    NOT NULL,
    served_on       date    NOT NULL,
    due_on          date    NOT NULL,      -- K18
    state           text    NOT NULL CHECK (state IN ('queued', 'assigned', 'called', 'closed')),
    attempts        integer NOT NULL,
    last_reach      text    NOT NULL,      -- reached, unreached, refused; empty before the first call
    closing_ground  text    NOT NULL       -- on which it was, or could be, closed; empty while there is none
);
CREATE INDEX tasks_by_due ON {schema}.tasks (due_on, case_id);
CREATE INDEX tasks_by_unit ON {schema}.tasks (unit_id, due_on, case_id);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.tasks TO {role};
