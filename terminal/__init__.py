"""What a terminal shows: colours where a person looks on, plain lines where a program reads.

Every text from a document passes `style.safe`, so that no file can send commands to the terminal.
"""
