"""Handing the endorsed report in to UN Women, and what its reviewers ask before they accept it."""
