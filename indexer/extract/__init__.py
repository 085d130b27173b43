"""What is found in a document's text: its kind, people and posts, sanctions, violations, amounts, dates, cases."""
