"""Bringing in other systems' records: rows read robustly, mapped to facts or refused with a reason. No I/O but
the file, no clock. The rule is docs/import-rule.md.
"""
