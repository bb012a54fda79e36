"""What a file says of itself as a whole: its claim to PDF/UA-1, and which letters its fonts draw."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from reportlab.pdfbase.pdfdoc import XMP

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate>
<xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def write_metadata(document: Any, language: str) -> None:
    """Adds the XMP packet, in agreement with the file's properties."""

    def packet(document: Any) -> bytes:
        about = document.info
        year, month, day, hour, minute, second = document._timeStamp.YMDhms
        text = _PACKET.format(
            title=escape(str(about.title), quote=False),
            author=escape(str(about.author), quote=False),
            subject=escape(str(about.subject), quote=False),
            creator=escape(str(about.creator), quote=False),
            producer=escape(str(about.producer), quote=False),
            language=escape(language, quote=False),
            date=f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}Z",
        )
        return text.encode("utf-8")

    document.Catalog.Metadata = XMP(creator=packet)


def clean_character_maps(document: Any) -> None:
    """Takes U+0000 out of the fonts' ToUnicode maps, where ReportLab puts it for the glyph of
    missing characters; PDF/UA-1 (7.21.7) forbids it. Done when fonts have been written, as the last of them."""
    document.delayedFonts.append(_LastFont())


class _LastFont:
    """Not a font: what the document calls once all fonts have added their objects."""

    def addObjects(self, document: Any) -> None:
        for name, stream in document.idToObject.items():
            if isinstance(name, str) and name.startswith("toUnicodeCMap:"):
                text, dropped = re.subn(r"<[0-9A-F]{2}> <0000>\n", "", stream.content)
                if dropped:
                    count = len(re.findall(r"^<..> <[0-9A-F]{4,}>$", text, re.MULTILINE))
                    stream.content = re.sub(r"\d+ beginbfchar", f"{count} beginbfchar", text)
