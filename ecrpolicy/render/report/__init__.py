"""Reports to look at: one HTML file each, that fetches nothing and needs no network."""
