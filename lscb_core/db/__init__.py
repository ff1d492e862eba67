"""The register: tables, engine, migrations."""
