#include "checks/actors/session.h"

#include "checks/actors/sentheaders.h"
#include "checks/actors/signinparts.h"

#include <algorithm>
#include <array>

namespace cockpit {

namespace {

// Shorter values are words and numbers ("en-GB"): masking them everywhere would tear ordinary text apart.
constexpr qsizetype kShortestSecret = 12;

void addForgeryProof(std::vector<Header> &headers, const Session &session)
{
    if (const auto cookie = csrfCookieIn(session.jar))
        headers.push_back({cookie->header, cookie->value.reveal()});
    else if (session.csrfToken && !session.csrfHeader.isEmpty())
        headers.push_back({session.csrfHeader, session.csrfToken->reveal()});
}

} // namespace

bool isSafeMethod(const QByteArray &method)
{
    static constexpr std::array<QByteArrayView, 4> kSafe{"GET", "HEAD", "OPTIONS", "TRACE"};
    return std::ranges::find(kSafe, QByteArrayView(method)) != kSafe.end();
}

QByteArray originOf(const QUrl &url)
{
    return url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

std::vector<Header> Session::headersFor(const QUrl &url, const QByteArray &method, const QDateTime &now) const
{
    std::vector<Header> headers;
    if (const Secret cookies = jar.headerFor(url, now); !cookies.isEmpty())
        headers.push_back({"Cookie", cookies.reveal()});
    if (token)
        headers.push_back({tokenHeader, tokenPrefix + token->reveal()});
    for (const auto &[name, value] : further)
        addUnlessThere(headers, {name, value.reveal()});
    if (!isSafeMethod(method) && !jar.isEmpty()) {
        // Frameworks that look where a form was (Django, Rails) refuse a request without them.
        headers.push_back({"Origin", originOf(url)});
        headers.push_back({"Referer", originOf(url) + '/'});
        addForgeryProof(headers, *this);
    }
    return headers;
}

QByteArray Session::withForgeryField(const QByteArray &form) const
{
    const auto cookie = csrfCookieIn(jar);
    if (!cookie && !csrfToken)
        return form;
    const QByteArray value = (csrfToken ? *csrfToken : cookie->value).reveal().toPercentEncoding();
    QByteArrayList fields = form.isEmpty() ? QByteArrayList() : form.split('&');
    bool isThere = false;
    for (QByteArray &field : fields) {
        const QByteArray name = field.left(field.indexOf('='));
        const QString plain = QUrl::fromPercentEncoding(name);
        if (plain != csrfField && !isCsrfName(plain))
            continue;
        field = name + '=' + value;
        isThere = true;
    }
    if (!isThere && !csrfField.isEmpty())
        fields.append(csrfField.toUtf8().toPercentEncoding() + '=' + value);
    return fields.join('&');
}

std::vector<Secret> Session::secrets() const
{
    std::vector<Secret> all;
    const auto add = [&all](const Secret &value) {
        if (value.reveal().size() >= kShortestSecret)
            all.push_back(value);
    };
    for (const StoredCookie &cookie : jar.cookies())
        add(cookie.value);
    for (const auto &[name, value] : further)
        add(value);
    for (const auto &value : {token, refreshToken, csrfToken}) {
        if (value)
            add(*value);
    }
    return all;
}

} // namespace cockpit
