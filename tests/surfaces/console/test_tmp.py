from mokmin.foundation.access.states import Role


def test_x(signed_in):
    r = signed_in(Role.OFFICER).get("/staff/")
    print(r.status_code, r.content.decode()[:1500])
