"""The ledger: append-only, gapless, hash-chained; the record on which every promise rests."""
