"""The calendar feed: what a calendar program fetches by a secret address, and where a person gets that address."""

from datetime import timedelta

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from icalendar import Calendar, Event

from vault.services.webhooks import calendar_feed
from vault.services.webhooks.calendar_feed import Entry, Version
from vault.web.i18n import say
from vault.web.identity import current_person, current_vault, public

blueprint = Blueprint("feeds", __name__)

_REFRESH = timedelta(hours=1)


@blueprint.get("/calendar/<token>.ics")
@public
def calendar(token: str) -> ResponseReturnValue:
    """The person's calendar; 304 where the program has it already."""
    found = calendar_feed.read(current_vault(), token, request.remote_addr or "")
    with force_locale(found.person.language):
        content = _calendar(found).to_ical()
    response: Response = make_response(content)
    response.mimetype = "text/calendar"
    response.headers["Content-Disposition"] = 'inline; filename="sellervault.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


@blueprint.get("/profile/calendar")
def index() -> ResponseReturnValue:
    return render_template(
        "feeds/index.html", feed=calendar_feed.feed_of(current_vault(), current_person()), address=""
    )


@blueprint.post("/profile/calendar")
def renew() -> ResponseReturnValue:
    """Makes an address and shows it, this once."""
    is_everything = request.form.get("what") == "everything"
    address = calendar_feed.renew(current_vault(), current_person(), is_everything)
    feed = calendar_feed.feed_of(current_vault(), current_person())
    return render_template("feeds/index.html", feed=feed, address=address)


@blueprint.post("/profile/calendar/revoke")
def revoke() -> ResponseReturnValue:
    calendar_feed.revoke(current_vault(), current_person())
    flash(gettext("The address does not work any more."), "success")
    return redirect(url_for(".index"), 303)


def _calendar(found: calendar_feed.Calendar) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Seller Vault//Calendar//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Seller Vault")
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT1H")
    for entry in found.entries:
        made.add_component(_event(entry, found.versions[entry.uid]))
    return made


def _event(entry: Entry, version: Version) -> Event:
    """A whole day, in nobody's way."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", version.changed_at)
    event.add("last-modified", version.changed_at)
    event.add("sequence", version.sequence)
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", say(entry.title))
    event.add("description", entry.account)
    event.add("url", entry.address)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
