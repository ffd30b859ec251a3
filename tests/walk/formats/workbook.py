"""Workbooks written cell by cell, as spreadsheets write them."""

import datetime
import io
import zipfile


def xl_col(i):
    return chr(65 + i)


def xlsx(sheets, date1904=False):
    """sheets: {name: rows of cells}; a cell is str (shared), ('n', number), ('d', serial), ('inline', str), ('f', formula, value), ('e', '#REF!'), None"""
    sst = {}
    b = io.BytesIO()
    z = zipfile.ZipFile(b, "w", zipfile.ZIP_DEFLATED)
    esc = lambda t: t.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    xml = []
    for rs in sheets.values():
        o = ['<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
        for ri, r in enumerate(rs, 1):
            if r is None:
                continue
            o.append(f'<row r="{ri}">')
            for ci, c in enumerate(r):
                if c is None:
                    continue
                a = f"{xl_col(ci)}{ri}"
                if isinstance(c, str):
                    o.append(f'<c r="{a}" t="s"><v>{sst.setdefault(c, len(sst))}</v></c>')
                elif c[0] == "n":
                    o.append(f'<c r="{a}"><v>{c[1]}</v></c>')
                elif c[0] == "d":
                    o.append(f'<c r="{a}" s="1"><v>{c[1]!r}</v></c>')
                elif c[0] == "inline":
                    o.append(
                        f'<c r="{a}" t="inlineStr"><is><r><t xml:space="preserve">{esc(c[1][:2])}</t></r><r><t xml:space="preserve">{esc(c[1][2:])}</t></r></is></c>'
                    )
                elif c[0] == "f":
                    o.append(f'<c r="{a}" t="str"><f>{esc(c[1])}</f><v>{esc(c[2])}</v></c>')
                elif c[0] == "e":
                    o.append(f'<c r="{a}" t="e"><v>{c[1]}</v></c>')
            o.append("</row>")
        o.append("</sheetData></worksheet>")
        xml.append("".join(o))
    P = "http://schemas.openxmlformats.org/"
    d4 = ' date1904="1"' if date1904 else ""
    z.writestr(
        "[Content_Types].xml",
        f'<?xml version="1.0"?><Types xmlns="{P}package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
            for i in range(1, len(xml) + 1)
        )
        + '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
    )
    z.writestr(
        "_rels/.rels",
        f'<?xml version="1.0"?><Relationships xmlns="{P}package/2006/relationships"><Relationship Id="rId1" Type="{P}officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    )
    z.writestr(
        "xl/workbook.xml",
        f'<?xml version="1.0"?><workbook xmlns="{P}spreadsheetml/2006/main" xmlns:r="{P}officeDocument/2006/relationships"><workbookPr{d4}/><sheets>'
        + "".join(f'<sheet name="{n}" sheetId="{i}" r:id="rId{i}"/>' for i, n in enumerate(sheets, 1))
        + "</sheets></workbook>",
    )
    z.writestr(
        "xl/_rels/workbook.xml.rels",
        f'<?xml version="1.0"?><Relationships xmlns="{P}package/2006/relationships">'
        + "".join(
            f'<Relationship Id="rId{i}" Type="{P}officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(xml) + 1)
        )
        + f'<Relationship Id="rId98" Type="{P}officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId99" Type="{P}officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    z.writestr(
        "xl/styles.xml",
        f'<?xml version="1.0"?><styleSheet xmlns="{P}spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
    )
    z.writestr(
        "xl/sharedStrings.xml",
        f'<?xml version="1.0"?><sst xmlns="{P}spreadsheetml/2006/main" count="{len(sst)}" uniqueCount="{len(sst)}">'
        + "".join(f'<si><t xml:space="preserve">{esc(t)}</t></si>' for t in sst)
        + "</sst>",
    )
    for i, x in enumerate(xml, 1):
        z.writestr(f"xl/worksheets/sheet{i}.xml", x)
    z.close()
    return b.getvalue()


def serial(local, d1904=False):
    e = datetime.datetime(1904, 1, 1) if d1904 else datetime.datetime(1899, 12, 30)
    d = datetime.datetime.fromisoformat(local) - e
    return d.days + d.seconds / 86400
