"""Hosts for the comparison with the MDN Observatory: each a set of headers, a page, and how plain HTTP behaves.

SITES: name -> Site. The server answers for NAME.example.com."""
from dataclasses import dataclass, field

GOOD = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}


@dataclass
class Site:
    headers: list = field(default_factory=list)
    html: str = "<!doctype html><title>x</title><p>x"
    status: int = 200
    plain: str = "https"  # to https, "stay", "www": to another host, "hop": first to http
    kind: str = "text/html; charset=utf-8"
    preflight: list = field(default_factory=list)  # ORIGIN stands for the one that asks
    preflight_status: int = 204
    first: list = field(default_factory=list)  # headers of a redirect from / to /home
    trusted: bool = True


def site(changes=None, more=(), **rest):
    """The good headers with some of them changed (None: not sent), and further lines."""
    headers = {**GOOD, **(changes or {})}
    lines = [(name, value) for name, value in headers.items() if value is not None]
    return Site(headers=lines + list(more), **rest)


def csp(value):
    return site({"Content-Security-Policy": value})


def cookie(*values, hsts=True):
    changes = {} if hsts else {"Strict-Transport-Security": None}
    return site(changes, [("Set-Cookie", value) for value in values])


def scripts(html):
    return site(html="<!doctype html><title>x</title>" + html)


SITES = {
    "good": site(),
    "bare": Site(),
    "not-found": Site(status=404),
    "unauthorized": site(status=401),
    "broken": Site(status=500),
    "everything": site({"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"},
                       [("Cross-Origin-Resource-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
                        ("Cross-Origin-Embedder-Policy", "require-corp")]),
    "csp-self": csp("default-src 'self'"),
    "csp-inline": csp("default-src 'self' 'unsafe-inline'"),
    "csp-inline-style": csp("default-src 'self'; style-src 'self' 'unsafe-inline'"),
    "csp-eval": csp("default-src 'self'; script-src 'self' 'unsafe-eval'"),
    "csp-http": csp("default-src 'self'; connect-src http://a.example"),
    "csp-http-pictures": csp("default-src 'self'; img-src http://a.example"),
    "csp-nonce": csp("default-src 'self'; script-src 'nonce-Ab1' 'unsafe-inline'"),
    "csp-dynamic": csp("default-src 'self'; script-src 'nonce-Ab1' 'strict-dynamic' https: 'self'"),
    "csp-dynamic-alone": csp("default-src 'self'; script-src 'strict-dynamic'"),
    "csp-twice": csp("default-src 'self'; default-src 'none'"),
    "csp-reports-twice": csp("default-src 'self'; report-uri /a; report-uri /b"),
    "csp-two": csp("default-src 'self' 'unsafe-inline' https://a.example, default-src 'self' https://b.example"),
    "csp-two-apart": csp("script-src https://a.example/x/, script-src https://a.example/x/y.js; object-src 'none'"),
    "csp-two-lines": site({"Content-Security-Policy": "default-src *"},
                          [("Content-Security-Policy", "default-src 'self'")]),
    "csp-three": csp("img-src a.example b.example, img-src b.example c.example, img-src c.example"),
    "csp-comma": csp("default-src 'self',"),
    "csp-short": csp("abc"),
    "csp-empty-list": csp("script-src; object-src; style-src"),
    "csp-objects": csp("script-src 'self'"),
    "csp-prefixes": csp("default-src 'self' https://a.example https://a.example/b https://a.example.org https:"),
    "csp-watches": site({"Content-Security-Policy": None},
                        [("Content-Security-Policy-Report-Only", "default-src 'self'")]),
    "csp-meta": site({"Content-Security-Policy": None},
                     html="<meta http-equiv=content-security-policy content=\"default-src 'self'; frame-ancestors *\">"),
    "csp-meta-frames": site({"Content-Security-Policy": None},
                            html="<meta http-equiv=Content-Security-Policy content=\"frame-ancestors 'none'\">"),
    "csp-capitals": csp("DEFAULT-SRC 'SELF'; Script-Src 'NONCE-abc' 'UNSAFE-INLINE'"),
    "cookie-good": cookie("a=1; Secure; SameSite=Lax"),
    "cookie-plain": cookie("a=1; Secure"),
    "cookie-clear": cookie("a=1; SameSite=Lax"),
    "cookie-clear-no-hsts": cookie("a=1; SameSite=Lax", hsts=False),
    "cookie-session": cookie("PHPSESSID=1; Secure; SameSite=Lax"),
    "cookie-session-clear": cookie("login=1; HttpOnly"),
    "cookie-session-clear-no-hsts": cookie("login=1; HttpOnly", hsts=False),
    "cookie-csrf": cookie("csrftoken=1; Secure"),
    "cookie-none": cookie("a=1; SameSite=None"),
    "cookie-odd-samesite": cookie("a=1; Secure; SameSite=maybe"),
    "cookie-foreign": cookie("a=1; Domain=example.org"),
    "cookie-prefix": cookie("__Host-a=1; Secure; Domain=example.com", "__Secure-b=1"),
    "cookie-many": cookie("a=1; Secure; SameSite=Lax", "a=2", "heroku-session-affinity=x", "=nothing", "b"),
    "cookie-gone": cookie("sess=; Max-Age=0; Path=/"),
    "cookie-on-the-way": site(first=[("Set-Cookie", "sess=1")]),
    "hsts-short": site({"Strict-Transport-Security": "max-age=15551999"}),
    "hsts-limit": site({"Strict-Transport-Security": "includeSubDomains; MAX-AGE=15552000"}),
    "hsts-quoted": site({"Strict-Transport-Security": "max-age=\"60\""}),
    "hsts-nothing": site({"Strict-Transport-Security": "includeSubDomains"}),
    "hsts-twice": site(more=[("Strict-Transport-Security", "max-age=63072000")]),
    "hsts-off": site({"Strict-Transport-Security": "max-age=0"}),
    "framing-header": site({"Content-Security-Policy": "default-src 'self'"}),
    "framing-twice": site({"Content-Security-Policy": "default-src 'self'"}, [("X-Frame-Options", "DENY")]),
    "framing-from": site({"Content-Security-Policy": "default-src 'self'",
                          "X-Frame-Options": "allow-from https://a.example"}),
    "sniffing-odd": site({"X-Content-Type-Options": "nosniff, nosniff"}),
    "referrer-unsafe": site({"Referrer-Policy": "no-referrer, unsafe-url"}),
    "referrer-odd": site({"Referrer-Policy": "always"}),
    "referrer-meta": site({"Referrer-Policy": "unsafe-url"}, html="<meta name=referrer content=same-origin>"),
    "corp-odd": site(more=[("Cross-Origin-Resource-Policy", "yes")]),
    "coep-string": site(more=[("Cross-Origin-Embedder-Policy", "\"require-corp\"")]),
    "coop-report": site(more=[("Cross-Origin-Opener-Policy", "same-origin-allow-popups; report-to=\"x\"")]),
    "coop-twice": site(more=[("Cross-Origin-Opener-Policy", "same-origin")] * 2),
    "sri-foreign": scripts("<script src=https://js.example.org/a.js></script>"),
    "sri-foreign-good": scripts("<script src=https://js.example.org/a.js integrity=sha384-x crossorigin></script>"),
    "sri-own": scripts("<script src=/a.js integrity=sha384-x></script><script src=https://cdn.example.com/b.js></script>"),
    "sri-no-scheme": scripts("<script src=//js.example.org/a.js integrity=sha384-x></script>"),
    "sri-http": scripts("<script src=http://js.example.org/a.js></script>"),
    "sri-inline": scripts("<script>1</script>"),
    "json": site(kind="application/json", html="{}"),
    "stays-plain": site(plain="stay"),
    "plain-to-www": site(plain="www"),
    "plain-hop": site(plain="hop"),
    "cors-star": site(preflight=[("Access-Control-Allow-Origin", "*")]),
    "cors-one": site(preflight=[("Access-Control-Allow-Origin", "https://a.example")]),
    "cors-refused": site(preflight=[("Access-Control-Allow-Origin", "*")], preflight_status=405),
    "cors-reflected": site(preflight=[("Access-Control-Allow-Origin", "ORIGIN"),
                                      ("Access-Control-Allow-Credentials", "true")]),
    "bad-certificate": site(trusted=False),
    "preloaded": site({"Strict-Transport-Security": None}),
}

# What the newest version does otherwise than older packages.
CHANGED = {
    name: "Older versions of it did not split a header's value into policies at commas."
    for name in ("csp-two", "csp-two-lines", "csp-comma")
}

# Where we differ on purpose, and why.
EXPLAINED = {
    "preloaded": "Browsers have this name in their list, which changes with every release and is not part of our "
                 "program: only whole top-level domains are known to it, and the score says so.",
    "cors-reflected": "The rule that it publishes takes 50 points. Run live it never sees the Origin that it sent "
                      "itself, because its HTTP library keeps no header fields on the request, and so says restricted.",
}
