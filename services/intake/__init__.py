"""Intake: receipt, registration, classification; the first receiver's service."""
