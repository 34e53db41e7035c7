#include "checks/http/cspbypass.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CspBypass)
};

// "https://cdn.example.com:443" -> "cdn.example.com"; keywords and bare schemes have no host. A source with a path lets
// in what is below it and no more ("https://www.google.com/recaptcha/").
QByteArray hostIn(const QByteArray &source)
{
    if (source.startsWith('\'') || source.endsWith(':'))
        return {};
    const qsizetype scheme = source.indexOf("://");
    const QByteArray place = scheme < 0 ? source : source.sliced(scheme + 3);
    const qsizetype slash = place.indexOf('/');
    if (slash >= 0 && slash + 1 < place.size())
        return {};
    return place.split('/').front().split(':').front();
}

bool letsStrangersIn(const QByteArray &host, const CspBypassHosts &known)
{
    if (!host.startsWith("*."))
        return known.hosts.contains(host);
    const QByteArray domain = host.sliced(2);
    const bool coversOne =
        std::ranges::any_of(known.hosts, [&](const QByteArray &one) { return one.endsWith('.' + domain); });
    return coversOne || std::ranges::any_of(known.wildcards, [&](const QByteArray &wildcard) {
               return domain == wildcard || domain.endsWith('.' + wildcard);
           });
}

Error bad(const QString &what)
{
    return {ErrorKind::BadInput, Text::tr("The list of hosts with everybody's scripts: %1").arg(what)};
}

} // namespace

Result<CspBypassHosts> parseCspBypassHosts(const QByteArray &json)
{
    static const QSet<QString> kReasons{u"anyone"_s, u"jsonp"_s, u"angular"_s};
    const QJsonObject root = QJsonDocument::fromJson(json).object();
    CspBypassHosts known;
    for (const QJsonValue value : root.value("hosts"_L1).toArray()) {
        const QString host = value.toObject().value("host"_L1).toString();
        if (host.isEmpty() || known.hosts.contains(host.toLatin1()))
            return tl::unexpected(bad(Text::tr("\"%1\" is empty or stands twice.").arg(host)));
        if (!kReasons.contains(value.toObject().value("why"_L1).toString()))
            return tl::unexpected(bad(Text::tr("\"%1\" has no known reason.").arg(host)));
        known.hosts.append(host.toLatin1());
    }
    for (const QJsonValue value : root.value("wildcards"_L1).toArray())
        known.wildcards.append(value.toString().toLatin1());
    if (known.hosts.isEmpty() || known.wildcards.contains(QByteArray()))
        return tl::unexpected(bad(Text::tr("it is empty.")));
    return known;
}

Result<CspBypassHosts> loadCspBypassHosts()
{
    QFile file(u":/rules/csp-bypass-hosts.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(bad(Text::tr("it is missing from the program.")));
    return parseCspBypassHosts(file.readAll());
}

QByteArrayList bypassesIn(const QByteArrayList &sources, const CspBypassHosts &known)
{
    QByteArrayList found;
    std::ranges::copy_if(sources, std::back_inserter(found),
                         [&](const QByteArray &source) { return letsStrangersIn(hostIn(source), known); });
    return found;
}

} // namespace cockpit
