-- Rungs fall at instants, clocks can stand still, be extended or be given up for another procedure.

ALTER TABLE {schema}.deadlines
    ADD COLUMN due_at    timestamptz,                     -- where an exact duration ends; null where days are counted
    ADD COLUMN rungs_at  timestamptz[] NOT NULL DEFAULT '{}',
    ADD COLUMN next_at   timestamptz,                     -- the instant of the next rung; null: none left, or not running
    ADD COLUMN paused    boolean NOT NULL DEFAULT false,
    ADD COLUMN converted boolean NOT NULL DEFAULT false;  -- given up on stopped_on for another procedure
-- Until now every rung fell at 00:00 Asia/Shanghai of its day.
UPDATE {schema}.deadlines SET
    rungs_at = ARRAY(SELECT day::timestamp AT TIME ZONE 'Asia/Shanghai'
                     FROM unnest(rung_dates) WITH ORDINALITY AS rung (day, place) ORDER BY place),
    next_at = next_on::timestamp AT TIME ZONE 'Asia/Shanghai';
ALTER TABLE {schema}.deadlines ALTER COLUMN rungs_at DROP DEFAULT, DROP COLUMN rung_dates, DROP COLUMN next_on;

-- What the sweep looks for.
CREATE INDEX deadlines_to_sweep ON {schema}.deadlines (next_at, case_id, clock) WHERE live AND next_at IS NOT NULL;
-- What a newly published calendar touches.
DROP INDEX {schema}.deadlines_to_recompute;
CREATE INDEX deadlines_to_recompute ON {schema}.deadlines (calendar, case_id)
    WHERE stopped_on IS NULL AND NOT missed AND NOT paused;
