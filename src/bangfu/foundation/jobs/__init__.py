"""Outbox, queue and schedules in the database."""
