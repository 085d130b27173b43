"""What the machine's own scheduler must know to bring a library up to date every day: its files, and what to type.

Nothing here starts a program or needs a privilege: files are written, and the commands that put them in force are
told.
"""
