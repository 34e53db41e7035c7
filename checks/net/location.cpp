#include "checks/net/location.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool isWebScheme(const QString &scheme)
{
    return scheme == "http"_L1 || scheme == "https"_L1;
}

bool isTrimmed(QChar c)
{
    return c.unicode() <= 0x20; // "C0 control or space"
}

QString cleaned(QByteArrayView location)
{
    QString text = QString::fromUtf8(location);
    text.removeIf([](QChar c) { return c == u'\t' || c == u'\n' || c == u'\r'; });
    const auto first = std::ranges::find_if_not(text, isTrimmed);
    text.remove(0, first - text.begin());
    while (!text.isEmpty() && isTrimmed(text.back()))
        text.chop(1);
    return text;
}

QString schemeOf(const QString &text)
{
    static const QRegularExpression form(u"^([A-Za-z][A-Za-z0-9+.-]*):"_s);
    return form.match(text).captured(1).toLower();
}

void turnBackslashes(QString &text)
{
    for (QChar &c : text) {
        if (c == u'?' || c == u'#')
            return;
        if (c == u'\\')
            c = u'/';
    }
}

qsizetype slashesBefore(const QString &text)
{
    const auto end = std::ranges::find_if_not(text, [](QChar c) { return c == u'/'; });
    return end - text.begin();
}

// What stands after "https:" on a page of the same scheme is a path unless two slashes begin it.
QString webReference(const QString &text, const QString &scheme, const QString &ownScheme)
{
    QString rest = scheme.isEmpty() ? text : text.mid(scheme.size() + 1);
    const qsizetype slashes = slashesBefore(rest);
    if (slashes >= 2 || (!scheme.isEmpty() && scheme != ownScheme))
        return (scheme.isEmpty() ? QString() : scheme + u':') + u"//"_s + rest.mid(slashes);
    if (scheme.isEmpty() || slashes == 1)
        return rest;
    return u"./"_s + rest; // so that a colon in it begins no scheme
}

} // namespace

QUrl locationTarget(const QUrl &from, QByteArrayView location)
{
    QString text = cleaned(location);
    if (text.isEmpty())
        return {};
    const QString scheme = schemeOf(text);
    if (!scheme.isEmpty() && !isWebScheme(scheme))
        return QUrl(text, QUrl::TolerantMode).adjusted(QUrl::RemoveFragment);
    turnBackslashes(text);
    const QUrl reference(webReference(text, scheme, from.scheme()), QUrl::TolerantMode);
    if (!reference.isValid())
        return {};
    return from.resolved(reference).adjusted(QUrl::RemoveFragment);
}

bool isRedirectStatus(int status)
{
    static constexpr std::array kStatuses{301, 302, 303, 307, 308};
    return std::ranges::find(kStatuses, status) != kStatuses.end();
}

} // namespace cockpit
