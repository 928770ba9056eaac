"""Addresses of the organisation, under /staff/organisation/."""

from django.urls import URLPattern, path

from mokmin.surfaces.console.organisation import (
    chart,
    hand_overs,
    order_upload,
    ordering,
    orders,
    person,
    post,
    post_forms,
    reorganisations,
    reorganising,
    tree,
    unit,
)
from mokmin.surfaces.console.organisation.hand_overs import HAND_OVERS
from mokmin.surfaces.console.organisation.orders import ORDERS
from mokmin.surfaces.console.organisation.post_list import POSTS
from mokmin.surfaces.console.organisation.reorganisations import REORGANISATIONS
from mokmin.surfaces.kit.lists import views as lists

LISTS = (POSTS, REORGANISATIONS, ORDERS, HAND_OVERS)

PATHS: list[URLPattern] = [
    path("organisation/", tree.organisation, name="organisation"),
    path("organisation/chart/", chart.chart, name="organisation-chart"),
    *lists.paths("organisation/posts/", POSTS),
    path("organisation/posts/<slug:uid>/", post.post, name="organisation-post"),
    path(
        "organisation/posts/<slug:uid>/change/", post_forms.change, name="organisation-post-change"
    ),
    path("organisation/posts/<slug:uid>/close/", post_forms.close, name="organisation-post-close"),
    path(
        "organisation/posts/<slug:uid>/coming/<slug:day>/take-back/",
        post_forms.take_back,
        name="organisation-post-take-back",
    ),
    path("organisation/units/<slug:uid>/", unit.unit, name="organisation-unit"),
    path(
        "organisation/units/<slug:uid>/change/",
        post_forms.unit_details,
        name="organisation-unit-details",
    ),
    path("organisation/units/<slug:uid>/posts/new/", post_forms.new, name="organisation-post-new"),
    path("organisation/people/<slug:uid>/", person.person, name="organisation-person"),
    *lists.paths("organisation/reorganisations/", REORGANISATIONS),
    path("organisation/reorganisations/new/", reorganising.new, name="reorganisation-new"),
    path(
        "organisation/reorganisations/<slug:uid>/",
        reorganisations.reorganisation,
        name="reorganisation",
    ),
    path(
        "organisation/reorganisations/<slug:uid>/undo/",
        reorganisations.undo,
        name="reorganisation-undo",
    ),
    *lists.paths("organisation/orders/", ORDERS),
    path("organisation/orders/new/", ordering.new, name="order-new"),
    path("organisation/orders/template/", order_upload.template, name="order-template"),
    path("organisation/orders/upload/", order_upload.upload, name="order-upload"),
    path("organisation/orders/<slug:uid>/", orders.order, name="order"),
    path("organisation/orders/<slug:uid>/undo/", orders.undo, name="order-undo"),
    *lists.paths("organisation/hand-overs/", HAND_OVERS),
    path("organisation/hand-overs/<slug:uid>/", hand_overs.hand_over, name="hand-over"),
    path("organisation/hand-overs/<slug:uid>/remark/", hand_overs.remark, name="hand-over-remark"),
    path(
        "organisation/hand-overs/<slug:uid>/successor/",
        hand_overs.successor,
        name="hand-over-successor",
    ),
    path(
        "organisation/hand-overs/<slug:uid>/acknowledge/",
        hand_overs.acknowledge,
        name="hand-over-acknowledge",
    ),
]
