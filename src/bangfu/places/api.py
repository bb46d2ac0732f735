"""The door to places: others import only this."""

from bangfu.places.counting import PlaceCount, register_count
from bangfu.places.domain.catalogue import TagKind, load_catalogue, record_items
from bangfu.places.domain.comparing import Compared
from bangfu.places.domain.rows import RecordRow, TagRow
from bangfu.places.imports import check_sheet, commit_sheet
from bangfu.places.models import AreaTag, VillageRecord
from bangfu.places.permissions import MANAGE, READ
from bangfu.places.queries.records import records_of
from bangfu.places.queries.tags import HeldTag, compare_tags, divisions_with, tags_of
from bangfu.places.queries.villages import Village
from bangfu.places.services.changing import ItemChange, change_item
from bangfu.places.services.writing import Origin, Written, load_tags, load_village_records

__all__ = [
    "MANAGE",
    "READ",
    "AreaTag",
    "Compared",
    "HeldTag",
    "ItemChange",
    "Origin",
    "PlaceCount",
    "RecordRow",
    "TagKind",
    "TagRow",
    "Village",
    "VillageRecord",
    "Written",
    "change_item",
    "check_sheet",
    "commit_sheet",
    "compare_tags",
    "divisions_with",
    "load_catalogue",
    "load_tags",
    "load_village_records",
    "record_items",
    "records_of",
    "register_count",
    "tags_of",
]
