"""What pages of many features share above the look: lists as workbooks, and who looked."""
