-- Every clock of every case: the fold of oversight's own stream. {schema} and {role} are put in by the runner.

CREATE TABLE {schema}.deadlines (
    case_id       text    NOT NULL,
    clock         text    NOT NULL,
    unit_id       text    NOT NULL,  -- the unit that owes
    rule          text    NOT NULL,
    start_on      date    NOT NULL,
    due_on        date    NOT NULL,
    provisional   boolean NOT NULL,
    calendar      text    NOT NULL,  -- what the due date rests on: cn@2026.1+2027.0
    origin_import boolean NOT NULL,
    live          boolean NOT NULL,  -- is swept: recorded live, or adopted later
    rung_names    text[]  NOT NULL,  -- in order of time, as planned when the clock was last computed
    rung_dates    date[]  NOT NULL,
    reached       integer NOT NULL DEFAULT 0,  -- so many of them, from the first, are on record
    next_on       date,              -- the day of the next one; null when none is left or the clock has stopped
    stopped_on    date,
    days_late     integer,
    missed        boolean NOT NULL DEFAULT false,  -- never becomes false again
    deemed        boolean NOT NULL DEFAULT false,
    PRIMARY KEY (case_id, clock)
);
-- What the sweep looks for.
CREATE INDEX deadlines_to_sweep ON {schema}.deadlines (next_on, case_id, clock)
    WHERE live AND stopped_on IS NULL AND next_on IS NOT NULL;
-- What a newly published calendar touches.
CREATE INDEX deadlines_to_recompute ON {schema}.deadlines (calendar, case_id)
    WHERE stopped_on IS NULL AND NOT missed;
CREATE INDEX deadlines_by_due ON {schema}.deadlines (due_on, case_id, clock);
CREATE INDEX deadlines_by_unit ON {schema}.deadlines (unit_id, due_on);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.deadlines TO {role};
