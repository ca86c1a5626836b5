"""Answers for a LaTeX paper: a longtable to `\\input`, the source of each row as its footnote."""

import json
import re

from icvkg.queries.exports.export import Export

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}",
}  # fmt: skip
_ADDRESS = re.compile(r"(https?://[^\s|]+)")
_PREAMBLE = """% \\usepackage{booktabs,longtable} and, for Chinese, XeLaTeX with \\usepackage{xeCJK} and a font for it
"""
_WIDEST = 40


def as_latex(export: Export) -> bytes:
    """The table, to be compiled by XeLaTeX or LuaLaTeX within a document; comments say what it needs and is."""
    said = json.dumps(export.about, ensure_ascii=False)
    head = " & ".join(f"\\textbf{{{escaped(each)}}}" for each in export.headings)
    caption = f"\\caption{{{escaped(export.title)}}}\\\\\n" if export.title else ""
    top = f"{caption}\\toprule\n{head}\\\\\n\\midrule\n\\endfirsthead\n\\toprule\n{head}\\\\\n\\midrule\n\\endhead\n"
    return (
        f"{_PREAMBLE}% about: {said}\n\\begin{{longtable}}{{{''.join(_columns(export))}}}\n{top}"
        f"{''.join(_rows(export))}\\bottomrule\n\\end{{longtable}}\n{{\\footnotesize {escaped(export.source_line)}.}}\n"
    ).encode()


def escaped(text: str) -> str:
    """Text that LaTeX prints as it stands.

    >>> escaped("50 % of A_1")
    '50 \\\\% of A\\\\_1'
    """
    plain = " ".join(text.split())
    return "".join(_SPECIAL.get(character, character) for character in plain if character.isprintable())


def _rows(export: Export) -> list[str]:
    written = [[escaped(cell) for cell in row] for row in export.cells]
    if export.notes:
        notes = [f"\\footnote{{{_note(note)}}}" for note in export.notes]
        written = [[*row[:-1], row[-1] + note] for row, note in zip(written, notes, strict=True)]
    lines = [" & ".join(row) for row in written]
    return [("{}" if line.startswith(("[", "*")) else "") + line + "\\\\\n" for line in lines]


def _note(note: str) -> str:
    """A footnote whose addresses may break after a slash, a dot or a hyphen."""
    pieces = enumerate(_ADDRESS.split(note))
    return "".join(_breakable(piece) if place % 2 else escaped(piece) + " " for place, piece in pieces).strip()


def _breakable(address: str) -> str:
    return r"\texttt{" + re.sub(r"([/.?=-]|\\&|\\_|\\%)", r"\1\\allowbreak{}", escaped(address)) + "}"


def _columns(export: Export) -> list[str]:
    """The columns, as wide as their longest text compared with the others, up to a measure."""
    texts = [[heading, *(row[place] for row in export.cells)] for place, heading in enumerate(export.headings)]
    lengths = [min(_WIDEST, max(max(map(_width, column)), 6)) for column in texts]
    shares = [length / sum(lengths) for length in lengths]
    return [f"p{{\\dimexpr {share:.3f}\\linewidth-2\\tabcolsep\\relax}}" for share in shares]


def _width(text: str) -> int:
    return sum(2 if ord(character) >= 0x2E80 else 1 for character in text)
