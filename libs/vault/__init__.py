"""The vault 保密库: names, contacts and texts under one erasable key per case; events carry references only."""
