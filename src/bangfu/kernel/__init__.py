"""Pure value objects that every room shares: places, periods, money, ids, problems, the clock.

Nothing here knows Django, a database, a file or today's date.
"""
