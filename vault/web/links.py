"""Linked accounts: which of them could be taken for one, what links each pair, what explains it, what would separate it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from vault.checks.account.link_texts import advice
from vault.db.queries.links import Holder
from vault.domain.errors import Invalid, NotFound
from vault.domain.links import LinkKind, Risk
from vault.domain.message import Message
from vault.domain.register import AttributeKind
from vault.domain.roles import Permission
from vault.linking.separation import separate
from vault.services.access import Actor
from vault.services.days import today
from vault.services.links import confirmations, links, pair_lists
from vault.services.links import explanations as link_explanations
from vault.services.links import what_if as link_what_if
from vault.services.links.judging import link_rules, sides_of
from vault.services.links.links import Pair
from vault.services.links.pages import documents_to_choose, read_surroundings
from vault.services.links.pair_lists import HolderPairs, PairFilter
from vault.services.register.accounts import list_accounts
from vault.web import link_words
from vault.web.forms import is_sent
from vault.web.graph_layout import name_lines
from vault.web.i18n import say
from vault.web.identity import current_account, current_actor, current_vault
from vault.web.journal_words import ACTIONS, MACHINES
from vault.web.link_forms import ExplanationForm, WhatIfForm
from vault.web.link_view import GRAVEST, Drawing, as_graphs, as_matrices
from vault.web.lists import chosen, page_addresses, with_filters
from vault.web.security import memory_only

blueprint = Blueprint("links", __name__)

_VIEWS = ("graph", "matrix", "pairs")


@blueprint.get("/links")
def everywhere() -> ResponseReturnValue:
    """All pairs of accounts that the person sees, as a graph, a matrix or a list."""
    vault, actor = current_vault(), current_actor()
    shown = chosen("view", _VIEWS) or _VIEWS[0]
    wanted = PairFilter(
        chosen("risk", [Risk.WARN, Risk.FAIL]), chosen("kind", LinkKind), request.args.get("name", "")[:200]
    )
    is_list = shown == "pairs"
    found = pair_lists.list_pairs(vault, actor, wanted, request.args.get("at") if is_list else None)
    return render_template(
        "links/index.html",
        shown=shown,
        wanted=wanted,
        found=found,
        gravest=GRAVEST,
        drawing=None if is_list else _drawing(wanted, as_matrix=shown == "matrix"),
        shared=pair_lists.kinds_shared(vault, actor, wanted) if is_list else {},
        addresses={view: with_filters(view=view) for view in _VIEWS},
        pages=page_addresses(found.page),
        name_lines=name_lines,
        kinds=link_words.KINDS,
        seen=list_accounts(vault, actor),
    )


@blueprint.route("/links/<link_id>", methods=["GET", "POST"])
def pair(link_id: str) -> ResponseReturnValue:
    """One pair; the form records what explains it."""
    vault, actor = current_vault(), current_actor()
    view = links.show(vault, actor, link_id)
    if is_sent():
        _require_both(actor, view.pair)
    sought = request.args.get("document", "").strip()[:200]
    form = ExplanationForm()
    form.prepare(view.pair, documents_to_choose(vault, actor, link_id, sought))
    if form.is_accepted():
        try:
            link_explanations.explain(vault, actor, link_id, form.given())
        except Invalid as error:
            form.show(error)
        else:
            flash(gettext("Recorded. The score counts it from now on."), "success")
            return redirect(url_for(".pair", link_id=link_id), 303)
    around, sides = read_surroundings(vault, actor, link_id), sides_of(view.pair.low, view.pair.high)
    page = render_template(
        "links/pair.html",
        view=view,
        pair=view.pair,
        sides=sides,
        around=around,
        confirmed=confirmations.confirmed_of(vault, actor, link_id),
        separation=links.separating(vault, actor, link_id),
        advice=lambda kind: say(Message(advice(kind), {"account": sides.account.name})),
        form=form,
        sought=sought,
        kinds=link_words.KINDS,
        how=link_words.HOW,
        explanations=link_words.EXPLANATIONS,
        today=today(vault),
        actions=ACTIONS,
        machines=MACHINES,
    )
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/links/<link_id>/explanations/<explanation_id>/withdraw")
def withdraw(link_id: str, explanation_id: str) -> ResponseReturnValue:
    vault, actor = current_vault(), current_actor()
    view = links.show(vault, actor, link_id)
    if explanation_id not in {each.id for each in view.explanations}:
        raise NotFound()
    try:
        link_explanations.withdraw_explanation(vault, actor, explanation_id)
    except Invalid as error:
        flash(say(error.message), "error")
    else:
        flash(gettext("Taken back. It stays on record, and counts no longer."), "success")
    return redirect(url_for(".pair", link_id=link_id), 303)


@blueprint.get("/a/<account_id>/links")
def account(account_id: str) -> ResponseReturnValue:
    """What links the account, and the other accounts known by it, to whom; and what would separate them."""
    vault, actor = current_vault(), current_actor()
    only, token = request.args.get("of", ""), request.args.get("at")
    found = pair_lists.pairs_of_account(vault, actor, account_id, only, token)
    wanted = PairFilter(holder_ids=[each.holder.id for each in found])
    shown = [pair for each in found for pair in each.pairs.page.rows]
    least = link_rules(vault).weights.warn
    return render_template(
        "links/account.html",
        found=found,
        count=sum(each.pairs.count for each in found),
        only=only,
        pages=[_pages_of(each) for each in found],
        separations={pair.id: separate(pair.contributions, least) for pair in shown},
        drawing=_drawing(wanted) if not only else None,
        name_lines=name_lines,
        kinds=link_words.KINDS,
        may_change=actor.may(Permission.MANAGE, account_id),
        seen_count=len(actor.account_ids),
    )


@blueprint.route("/a/<account_id>/links/what-if", methods=["GET", "POST"])
@memory_only
def what_if(account_id: str) -> ResponseReturnValue:
    """“If I add this bank account, what changes?” Nothing is kept, and the value stands in no address."""
    vault, actor = current_vault(), current_actor()
    actor.require(Permission.MANAGE, account_id)
    form, changes = WhatIfForm(kind=request.args.get("kind", "")), None
    form.prepare(_own(actor, account_id))
    if form.is_accepted():
        try:
            kind, value = AttributeKind(form.kind.data), form.value.data or ""
            changes = link_what_if.what_if(vault, actor, form.holder_id.data, kind, value)
        except Invalid as error:
            form.show(error)
    page = render_template(
        "links/what_if.html",
        form=form,
        changes=changes,
        kinds=link_words.KINDS,
        how=link_words.HOW,
        other_id=form.holder_id.data if form.holder_id.data != account_id else None,
        account=current_account(),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _drawing(wanted: PairFilter, *, as_matrix: bool = False) -> Drawing:
    vault, actor = current_vault(), current_actor()
    gravest = pair_lists.gravest_pairs(vault, actor, wanted, GRAVEST)
    if as_matrix:
        return as_matrices(gravest, lambda ids: pair_lists.pairs_among(vault, actor, wanted, ids))
    return as_graphs(gravest)


def _pages_of(each: HolderPairs) -> dict[str, str | None]:
    """Where the pages before and after are, of this account's pairs alone."""
    page, of = each.pairs.page, each.holder.id
    return {
        "previous": with_filters(of=of, at=page.previous) if page.previous else None,
        "next": with_filters(of=of, at=page.next) if page.next else None,
    }


def _own(actor: Actor, account_id: str) -> list[Holder]:
    """The seller account, then the other accounts that are known by it."""
    known = [each for each in links.holders(current_vault(), actor) if each.account_id == account_id]
    return sorted(known, key=lambda holder: holder.is_other)


def _require_both(actor: Actor, pair: Pair) -> None:
    for holder in (pair.low, pair.high):
        actor.require(Permission.MANAGE, holder.account_id)
