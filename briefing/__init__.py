"""The engine of the briefing: pure functions from files to files.

Modules, in the order the data flows. Each may import only those above it.

    digests     what something was made from, in a few bytes
    problems    where something is wrong, what, and the cure
    annotations problems as GitHub shows them beside the lines
    addresses   what a web address may be, so that it leads where it seems to
    nodes       values that know their place, and how they are read
    source      bytes -> text, YAML and front matter as nodes
    values      what a claim says, and how two of them compare
    prose       a text that was read: blocks of safe HTML with open links
    plain       plain Markdown, read without the parser
    commonmark  Markdown -> prose, by the parser
    markdown    Markdown -> prose, the short way where a text is plain
    model       the frozen types: Briefing, Topic, Point, Article, Summary, Claim, Voice
    language    words, numbers, dates, lists and plurals of a language
    content     source files -> Briefing, or every problem in them
    renaming    another id for a topic or an article: files -> files
    release     what is public at a time
    history     when a text came out, and was changed last
    locators    passage links, and the proof that the passages are there
    verdict     how two values relate, and what the claims of a row amount to
    audit       what is to be said of a claim or a row beyond its verdict
    compare     claims -> cells and rows: the comparison of a topic
    data        the comparison for those who compute with it: JSON, its schema, CSV
    family      the family tree of claims: voice, relay, article
    pictures    where each mark of a picture stands: coverage, timeline
    atlas       the pages that exist, and the links between them
    pages       what is to be said of a topic -> the pages to be made, alone and facing
    front       what is to be said of all topics -> the pages that are there once
    companions  what goes with the pages of a topic: feeds, mail, data, cards, old addresses
    cards       a topic -> the picture that is shown where it is shared
    templates   templates, compiled once and given the words of a language
    press       the templates in each language of a site
    here        where a template is, and what can be reached from it
    feeds       what is new, as Atom and as JSON Feed
    mail        a topic as it is mailed, as HTML and as plain text
    linked_data what a page says of itself in the words of schema.org
    signposts   sitemap, robots.txt, the list of all addresses
    writers     who makes the files that no template does
    render      pages + templates -> files
    checks      rules on the whole content and on the finished site
    status      how a site stands, for those who edit it
    origins     where something was written that is in a file of the site
    stages      one topic at a time: studied, then printed
    memory      what is remembered of a site that was made
    sources     the source files, told by their digests
    hands       the work on topics: what there is to do, and who does it
    start       what is there before anything is made
    layout      the plan of a site, before a page is printed
    printing    the pages that are new, or whose links are
    proofreading what is wrong with them, and who wrote it
    making      source files -> output files, with as little made again as can be
    remaking    the same where only texts of some topics have changed, in no time

These touch the world outside, and nothing else may:

    cache_folder a folder of the cache, opened without following a link
    shelf       the cache: what a build leaves for the next
    stamp       what the disk says of files, to tell without reading that they are as they were
    files       the disk: read, and written all at once or not at all
    past        what the last build left, and what of it still holds
    gallery     the cards that were drawn
    ending      how a run ends: signals and streams
    progress    how a build is getting on
    workers     two processes for the topics
    publishing  the site on a branch of a remote
    preview     the site in a browser, as it is saved
"""
