"""The published data of a topic, for those who compute with it: JSON, its JSON Schema, and CSV.

Each module has some of the shapes and makes them; the schema is made of the same shapes, so it
cannot tell of other data than there is. Whatever goes in is public.
"""

from briefing.data.table import to_csv
from briefing.data.topic import Topic as TopicData
from briefing.data.topic import of_topic
from briefing.data.writing import Index, IndexEntry, index, schema, to_json

__all__ = (
    "Index",
    "IndexEntry",
    "TopicData",
    "index",
    "of_topic",
    "schema",
    "to_csv",
    "to_json",
)
