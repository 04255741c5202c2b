"""The bus: JetStream carries what the ledgers hold; it is delivery, never the record."""
