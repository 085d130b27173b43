"""Who and what is named across documents: dossiers of officials, agencies and articles, and who is named with whom."""
