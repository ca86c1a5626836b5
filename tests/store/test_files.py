"""What is refused when RDF files are read."""

from pathlib import Path

import pytest

from icvkg.errors import IcvkgError
from icvkg.store.files import read_file

BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="x:a"/></rdf:RDF>"""


@pytest.mark.parametrize("ending", [".rdf", ".owl", ".xml"])
def test_a_doctype_is_refused(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"bomb{ending}"
    file.write_text(BOMB, encoding="utf-8")
    with pytest.raises(IcvkgError, match="DOCTYPE"):
        read_file(file)
