"""All teams at one glance, for UN Women's reviewers."""
