"""Mails as tests send them."""

from email.message import EmailMessage

AMAZON = "Seller Performance <seller-performance@amazon.de>"
OURS = "Office <office@shop.example>"
NOTICE = "We doubt the authenticity of ASIN B0TESTAAA1. Please send invoices of the last 365 days within 72 hours."
PAGE = """<html><head><style>p {color: red}</style></head><body><div style="display:none">Preview</div>
<h1>Your listing</h1><p>We doubt the <b>authenticity</b> of ASIN&nbsp;B0TESTAAA1.<br>Please send invoices within 72 hours.</p>
<table><tr><td>Order</td><td>302-1234567-1234567</td></tr></table><ul><li>one</li><li>two</li></ul>
<p><a href="https://sellercentral.amazon.de/x?token=1">Answer</a><img src="https://pixel.example/a.gif"></p>
<script>alert("B0SCRIPTED1")</script></body></html>"""


def mail(text: str = NOTICE, sender: str = AMAZON, page: str = "", **headers: str) -> EmailMessage:
    """A mail with plain text, with HTML beside it, or with HTML alone where `text` is empty."""
    written = EmailMessage()
    written["Date"] = "Thu, 29 Oct 2026 23:40:00 -0700"
    written["From"] = sender
    written["To"] = OURS
    written["Subject"] = "Your account"
    for name, value in headers.items():
        written[name.replace("_", "-")] = value
    if text:
        written.set_content(text)
    if page and text:
        written.add_alternative(page, subtype="html")
    elif page:
        written.set_content(page, subtype="html")
    return written


def passed_on(inner: EmailMessage) -> EmailMessage:
    """The mail as a colleague passes it on, whole."""
    outer = mail("See below.", OURS)
    outer.add_attachment(inner)
    return outer
