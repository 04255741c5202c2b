-- Every clock that was counted again, old and new: the fold of oversight's own stream.
CREATE TABLE {schema}.recomputed (
    position        bigint  PRIMARY KEY,  -- of the event
    case_id         text    NOT NULL,
    clock           text    NOT NULL,
    unit_id         text    NOT NULL,
    old_calendar    text    NOT NULL,
    old_due_on      date    NOT NULL,
    old_provisional boolean NOT NULL,
    calendar        text    NOT NULL,
    due_on          date    NOT NULL,
    provisional     boolean NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON {schema}.recomputed TO {role};
