"""The product's settings with the queue and what lies below it: processes start quickly."""

from importlib import import_module

product = import_module("bangfu.config.settings")
globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})

BELOW = {"ui", "accounts", "access", "audit", "jobs"}
INSTALLED_APPS = [
    app
    for app in product.INSTALLED_APPS
    if not app.startswith("bangfu.") or app.rpartition(".")[2] in BELOW
]
