def test_x(client_a):
    r = client_a.get("/")
    print(r.status_code, r.content.decode()[:3000])
    r = client_a.get("/account/login/")
    print(r.status_code, r.content.decode())
