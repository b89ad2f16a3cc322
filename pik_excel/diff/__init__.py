"""What changed from one budget to another?"""
