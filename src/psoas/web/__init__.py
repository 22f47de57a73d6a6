"""The door in a browser: accounts, forms, pages. Start it with `serving`; pages live in `pages`, one module a room."""
