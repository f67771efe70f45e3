"""The report as a Word document: the HTML that page and PDF show, in Word's own terms.

What a chapter says stands once, in its template; here headings become headings, tables tables.
"""
