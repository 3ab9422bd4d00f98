"""What a whole briefing, and the whole site, must hold to.

A check is one generator of problems, listed below it. To add a check, write one,
list it, and break it in tests/broken/.

    content    rules on the content, and what could be better
    tags       the tags of a page and their attributes
    output     rules on the finished site
"""

from briefing.checks.content import check_content, find_warnings
from briefing.checks.output import check_outputs

__all__ = ["check_content", "check_outputs", "find_warnings"]
