"""Writes mails with Python's own email package, and what is in them as expected.json beside them."""

import json
import mailbox
import pathlib
import sys
from email import charset, policy
from email.header import Header
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import formataddr

folder = pathlib.Path(sys.argv[1])
TEXTS = {
    "utf-8": "日本 髙～ 😀 é",
    "iso-2022-jp": "日本語の件名、とても長いので二行になります。もう少し長くします。",
    "shift_jis": "表示ソフト",
    "euc-jp": "日本語",
    "gb2312": "中文邮件",
    "gb18030": "中文 é 😀",
    "big5": "中文郵件",
    "euc-kr": "한국어 메일",
    "koi8-r": "Привет, мир",
    "windows-1251": "Привет",
    "iso-8859-1": "Grüße, café",
    "iso-8859-15": "5 €",
    "windows-1252": "“curly” €",
    "iso-8859-7": "Καλημέρα",
    "windows-1256": "مرحبا",
    "iso-8859-8": "שלום",
    "tis-620": "สวัสดี",
}


def line(subject, body, files):
    name = subject.split()[0]
    return "|".join([subject, name, "kim@example.org", f"{name},Lee", body.strip(), "2026-03-01T01:00:00", files])


def old_style(name, text):
    """The package as it was before Python 3.3: what most programs in use have."""
    message = MIMEMultipart()
    message["From"] = formataddr((text.split()[0], "kim@example.org"), name)
    message["To"] = ", ".join([formataddr((text.split()[0], "a@example.org"), name), '"Lee" <b@example.org>'])
    message["Subject"] = Header(text, name)
    message["Date"] = "Sun, 01 Mar 2026 10:00:00 +0900"
    message["Message-ID"] = f"<{name}@example.org>"
    message.attach(MIMEText(text + "\nline two\n", "plain", name))
    return message


def new_style(name, text, transfer):
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f'"{text.split()[0]}" <kim@example.org>'
    message["To"] = f'"{text.split()[0]}" <a@example.org>, Lee <b@example.org>'
    message["Subject"] = text
    message["Date"] = "Sun, 01 Mar 2026 10:00:00 +0900"
    message["Message-ID"] = f"<{name}-{transfer}@example.org>"
    message.set_content(text + "\nline two\nFrom here\n", charset=name, cte=transfer)
    message.add_alternative(f"<p>{text}</p>", subtype="html", charset=name)
    message.add_attachment(b"\x00\x01data" * 50, maintype="application", subtype="octet-stream", filename=text.split()[0] * 12 + ".bin")
    return message


expected = []
box = mailbox.mbox(folder / "all.mbox")
in_box = []
for name, text in TEXTS.items():
    if name in ("utf-8", "iso-8859-1"):
        charset.add_charset(name, charset.QP, charset.QP)
    mail = old_style(name, text)
    (folder / f"{name}.eml").write_bytes(mail.as_bytes())
    expected.append({"file": f"{name}.eml", "mails": [line(text, text + "\nline two", "")]})
    for transfer in ("base64", "quoted-printable"):
        mail = new_style(name, text, transfer)
        (folder / f"{name}-{transfer}.eml").write_bytes(mail.as_bytes())
        told = line(text, text + "\nline two\nFrom here", f"{text.split()[0] * 12}.bin:300")
        expected.append({"file": f"{name}-{transfer}.eml", "mails": [told]})
        box.add(mail)
        in_box.append(told)
box.flush()
expected.append({"file": "all.mbox", "mails": in_box})
(folder / "expected.json").write_text(json.dumps(expected), encoding="utf-8")
