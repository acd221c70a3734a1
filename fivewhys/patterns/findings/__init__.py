"""What the causal map tells: one function a finding, each giving small frozen values.

The values need no networkx, so that whoever shows them loads none of it.
"""
