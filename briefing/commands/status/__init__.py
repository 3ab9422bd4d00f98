"""How a site stands, text by text: one core of statuses, shown in several ways."""
