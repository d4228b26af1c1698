"""Rises in time: is a series of counts above what was to be expected?"""
