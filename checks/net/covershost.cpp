#include "checks/net/tlsprobe.h"

#include <QHostAddress>
#include <QUrl>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

QString aLabels(QString name)
{
    if (name.endsWith(u'.'))
        name.chop(1);
    const QByteArray ace = QUrl::toAce(name);
    return ace.isEmpty() ? name.toLower() : QString::fromLatin1(ace).toLower();
}

// RFC 9525 section 6.3: "*" only as the complete left-most label, and it stands for exactly one label. At least two
// labels must follow: no certificate can speak for all of ".com".
bool wildcardCovers(const QString &pattern, const QString &host)
{
    const QString rest = pattern.mid(1); // ".example.com"
    if (rest.contains(u'*') || rest.count(u'.') < 2)
        return false;
    const qsizetype firstDot = host.indexOf(u'.');
    return firstDot > 0 && host.mid(firstDot) == rest;
}

bool nameCovers(const QString &name, const QString &host)
{
    if (name.startsWith("*."_L1))
        return wildcardCovers(name, host);
    return !name.contains(u'*') && aLabels(name) == host;
}

} // namespace

bool coversHost(const Certificate &certificate, const QString &host)
{
    // An IP address is covered by an iPAddress entry alone, never by a dNSName that looks like one.
    const QHostAddress address(host);
    if (!address.isNull()) {
        return std::ranges::any_of(certificate.names,
                                   [&](const QString &name) { return QHostAddress(name) == address; });
    }
    const QString wanted = aLabels(host);
    return !wanted.isEmpty() &&
           std::ranges::any_of(certificate.names, [&](const QString &name) { return nameCovers(name, wanted); });
}

} // namespace cockpit
