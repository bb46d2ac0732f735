"""Addresses of attendance."""

from django.urls import path

from bangfu.attendance.web import desk, duties, gaps, leaves, own

app_name = "attendance"
urlpatterns = [
    path("", desk.show_desk, name="desk"),
    path("mine/", own.show_own, name="own"),
    path("sign/", own.sign, name="sign"),
    path("leaves/", leaves.show_list, name="leaves"),
    path("leaves/ask/", leaves.ask, name="ask"),
    path("leaves/<uuid:leave_id>/", leaves.show_leave, name="leave"),
    path("leaves/<uuid:leave_id>/move/", leaves.move, name="move"),
    path("gaps/", gaps.show_gaps, name="gaps"),
    path("officials/<uuid:duty_id>/", duties.show_duty, name="duty"),
    path("officials/<uuid:duty_id>/recall/", duties.recall, name="recall"),
]
