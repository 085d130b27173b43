"""Results as files that an office keeps: sheets, papers, pages."""
