"""The words of the format (ECMA-376 parts 1 and 2): namespaces, and the types of parts and of relationships."""

from __future__ import annotations

from enum import StrEnum

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
A, P, R = (f"{{{NS[prefix]}}}" for prefix in "apr")
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT = "http://purl.oclc.org/ooxml/"

_PACKAGE = "application/vnd.openxmlformats-package"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN = f"{_OFFICE}.presentationml"
_REL = NS["r"]


class ContentType(StrEnum):
    """What a part holds. Templates may hold parts of other types."""

    RELATIONSHIPS = f"{_PACKAGE}.relationships+xml"
    CORE_PROPERTIES = f"{_PACKAGE}.core-properties+xml"
    EXTENDED_PROPERTIES = f"{_OFFICE}.extended-properties+xml"
    CUSTOM_PROPERTIES = f"{_OFFICE}.custom-properties+xml"
    XML = "application/xml"
    PRESENTATION = f"{_MAIN}.presentation.main+xml"
    SLIDE = f"{_MAIN}.slide+xml"
    SLIDE_LAYOUT = f"{_MAIN}.slideLayout+xml"
    SLIDE_MASTER = f"{_MAIN}.slideMaster+xml"
    NOTES_MASTER = f"{_MAIN}.notesMaster+xml"
    NOTES_SLIDE = f"{_MAIN}.notesSlide+xml"
    PRES_PROPS = f"{_MAIN}.presProps+xml"
    VIEW_PROPS = f"{_MAIN}.viewProps+xml"
    TABLE_STYLES = f"{_MAIN}.tableStyles+xml"
    TAGS = f"{_MAIN}.tags+xml"
    THEME = f"{_OFFICE}.theme+xml"
    CHART = f"{_OFFICE}.drawingml.chart+xml"
    WORKBOOK = f"{_OFFICE}.spreadsheetml.sheet"
    PNG = "image/png"
    JPEG = "image/jpeg"
    SVG = "image/svg+xml"


class RelationshipType(StrEnum):
    """What a part is to the part that refers to it."""

    OFFICE_DOCUMENT = f"{_REL}/officeDocument"
    CORE_PROPERTIES = f"{RELATIONSHIPS}/metadata/core-properties"
    EXTENDED_PROPERTIES = f"{_REL}/extended-properties"
    CUSTOM_PROPERTIES = f"{_REL}/custom-properties"
    SLIDE = f"{_REL}/slide"
    SLIDE_LAYOUT = f"{_REL}/slideLayout"
    SLIDE_MASTER = f"{_REL}/slideMaster"
    NOTES_MASTER = f"{_REL}/notesMaster"
    NOTES_SLIDE = f"{_REL}/notesSlide"
    HANDOUT_MASTER = f"{_REL}/handoutMaster"
    PRES_PROPS = f"{_REL}/presProps"
    VIEW_PROPS = f"{_REL}/viewProps"
    TABLE_STYLES = f"{_REL}/tableStyles"
    TAGS = f"{_REL}/tags"
    THEME = f"{_REL}/theme"
    FONT = f"{_REL}/font"
    IMAGE = f"{_REL}/image"
    CHART = f"{_REL}/chart"
    PACKAGE = f"{_REL}/package"
    HYPERLINK = f"{_REL}/hyperlink"


# The endings that stand for one type in every package; parts of other endings and types are declared one by one.
DEFAULTS = {
    "bmp": "image/bmp",
    "emf": "image/x-emf",
    "fntdata": "application/x-fontdata",
    "gif": "image/gif",
    "jpe": ContentType.JPEG,
    "jpeg": ContentType.JPEG,
    "jpg": ContentType.JPEG,
    "mov": "video/quicktime",
    "mp4": "video/mp4",
    "mpg": "video/mpeg",
    "png": ContentType.PNG,
    "rels": ContentType.RELATIONSHIPS,
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "wdp": "image/vnd.ms-photo",
    "wmf": "image/x-wmf",
    "wmv": "video/x-ms-wmv",
    "xlsx": ContentType.WORKBOOK,
    "xml": ContentType.XML,
}
