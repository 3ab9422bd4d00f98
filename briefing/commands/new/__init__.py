"""The command `new`: files to write in, of a topic or of a translation, as drafts.

command           reads the site, and writes the files
topic_files       the files of a new topic
translation_file  the file of a new translation, beside its original
"""
