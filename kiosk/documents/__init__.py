"""Documents that are handed out: defined once, written as page, PDF, workbook or CSV."""
