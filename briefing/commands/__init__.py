"""The verbs: init, new, translate, ack, build, check, serve, publish, rename, override."""
