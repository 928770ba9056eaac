"""Forms, once for all: fields, drafts, pickers, tables to paste into, money, files."""
