"""Starts a process of the kill trials: models may be imported only after Django is set up."""

from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    import_module("jobs.trial").main()
