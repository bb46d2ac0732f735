"""Places live in the register's few divisions, on a fixed day, in a home marked as a demo."""

from registry.conftest import places

__all__ = ["places"]
