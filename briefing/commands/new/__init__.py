"""The command `new`: files to write in, of a topic, an article or a translation, as drafts.

command           reads the site, and writes the files of a topic or a translation
article           gets a page, and writes the lead of an article and its kept text
article_sources   what a site has already that matters for a new article
intake_extra      whether the libraries for that are installed
topic_files       the files of a new topic
translation_file  the file of a new translation, beside its original
"""
