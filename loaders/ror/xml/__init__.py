"""ROR XML: IHE CSD with the ROR extension v2.4, with or without the SOAP envelope (docs/formats.md, ror-xml)."""
