-- The service reads its tables and calls its functions; nothing else. Auditors read what is public.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA {schema} FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {role}, {auditor};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role};

GRANT SELECT ON {schema}.ledger, {schema}.stored_events, {schema}.head, {schema}.origin, {schema}.inbox,
    {schema}.registers TO {auditor};
GRANT EXECUTE ON FUNCTION {schema}.lines_after(bigint, integer), {schema}.broken_links(bigint, integer)
    TO {auditor};
