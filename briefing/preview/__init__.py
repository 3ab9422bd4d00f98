"""The live preview: the site in a browser, as it is saved.

watching    what changes in a folder
faults      faults of the program itself, after which it goes on
margin      what an editor wants to know beside a page
workshop    the site in memory, made again as its sources change
telling     what is wrong, what could be better, what has changed
serving     the server, and what it puts into a page
"""

from briefing.preview.serving import Address, Preview, Site
from briefing.preview.telling import Board
from briefing.preview.watching import Watcher
from briefing.preview.workshop import Workshop

__all__ = ["Address", "Board", "Preview", "Site", "Watcher", "Workshop"]
