// What the tests of drift share: baselines, record sets, and a zone to read.
#pragma once

#include "checks/dns/drift.h"
#include "lab/lookwithzone.h"

#include <QJsonArray>
#include <QTest>

namespace cockpit {

using namespace Qt::StringLiterals;

inline const QDateTime kAccepted(QDate(2026, 11, 1), QTime(9, 0), Qt::UTC);
inline const QDateTime kNow(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC);

inline Target target()
{
    return {u"example.com"_s,
            {{HostRole::Site, u"example.com"_s},
             {HostRole::Www, u"www.example.com"_s},
             {HostRole::App, u"app.example.com"_s}}};
}

inline DnsRecordSet set(const QString &name, const QString &type, QStringList values)
{
    values.sort();
    return {name, type, values};
}

inline DriftLook lookOf(const DnsRecordSet &set)
{
    return {set.name, set.type, set.values, {}};
}

inline DnsBaseline baselineOf(const std::vector<DnsRecordSet> &sets)
{
    return {u"example.com"_s, kAccepted, sets};
}

inline QStringList effectsOf(const Judged &judged)
{
    QStringList effects;
    for (const Finding &finding : judged.findings)
        effects << finding.code + u' ' + toWord(finding.severity) + u' ' + toWord(finding.proof);
    return effects;
}

inline const QStringList kZone{u"example.com. 300 IN NS b.dns.example."_s,
                               u"example.com. 300 IN NS a.dns.example."_s,
                               u"example.com. 300 IN MX 10 mail.example.net."_s,
                               u"example.com. 300 IN TXT \"v=spf1 \" \"-all\""_s,
                               u"example.com. 300 IN CAA 0 issue \"letsencrypt.org\""_s,
                               u"_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=none\""_s,
                               u"s1._domainkey.example.com. 300 IN TXT \"v=DKIM1; p=AAAA\""_s,
                               u"example.com. 300 IN A 192.0.2.1"_s,
                               u"www.example.com. 300 IN CNAME example.com."_s};

// What the look saw, as one that accepts it would store it.
inline DnsBaseline acceptedFrom(const Judged &judged)
{
    CheckResult result;
    result.observed = judged.observed;
    return {u"example.com"_s, kAccepted, recordSetsSeen(result)};
}

inline QString printed(const Judged &judged)
{
    QStringList lines;
    CheckResult result;
    result.observed = judged.observed;
    for (const DnsRecordSet &set : recordSetsSeen(result))
        lines << set.name + u' ' + set.type + u": "_s + set.values.join(u" | "_s);
    return lines.join(u'\n');
}

} // namespace cockpit
