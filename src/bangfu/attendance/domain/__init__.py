"""Months and days of duty: pure, without database, clock or framework."""
