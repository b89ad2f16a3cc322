"""Zip parts and bytes: what is safe to open, where the cells lie in the bytes, and how to change some and lose none."""
