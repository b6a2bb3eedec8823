"""XML of strangers: no entities, no document type, no network; and short ways to what stands in it."""

from collections.abc import Iterator

from lxml import etree

Node = etree._Element


def parse(data: bytes) -> Node | None:
    """The root element, or None when this is not plain well-formed XML."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def name_of(node: Node) -> str:
    """The element's name without its namespace: the editions of a standard differ in namespaces only."""
    return etree.QName(node).localname


def every(node: Node, path: str) -> Iterator[Node]:
    """The elements at ``A/B|C/D``: children of children by name, ``|`` between the names of different editions."""
    first, _, rest = path.partition("/")
    names = first.split("|")
    for child in node:
        if isinstance(child.tag, str) and name_of(child) in names:
            if rest:
                yield from every(child, rest)
            else:
                yield child


def one(node: Node | None, path: str) -> Node | None:
    return None if node is None else next(every(node, path), None)


def text(node: Node | None, path: str) -> str:
    """The first text that is not empty at `path`, spaces evened out."""
    for found in every(node, path) if node is not None else ():
        if words := " ".join((found.text or "").split()):
            return words
    return ""
