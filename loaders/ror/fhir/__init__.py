"""The FHIR form of a ROR: R4 JSON of the ROR guide (docs/formats.md, ROR FHIR)."""
