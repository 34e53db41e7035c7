// Set-Cookie lines.
#include "fuzz/fuzz.h"

#include "checks/web/setcookie.h"

using namespace cockpit;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray line = inputOf(bytes, size);
    const auto cookie = parseSetCookie(line);
    if (!cookie)
        return 0;
    promise(!cookie->name.isEmpty(), "a cookie has a name");
    promise(!cookie->domain.startsWith(u'.') || line.contains(".."), "a domain has no leading dot");
    promise(cookie->deletes || !cookie->value.isEmpty(), "an empty value takes the cookie away");
    jobOf(cookie->name);
    const auto refusal = refusalOf(*cookie, QStringLiteral("app.example.com"));
    promise(refusal != CookieRefusal::NoneWithoutSecure || !cookie->secure, "a Secure cookie may be SameSite=None");
    return 0;
}
