#include "checks/dns/caarecord.h"

#include "models/hostname.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kCriticalFlag = 128;

bool namesAuthorities(const CaaRecord &record)
{
    return record.tag == "issue"_L1 || record.tag == "issuewild"_L1;
}

// issue-value = *WSP [issuer-domain-name *WSP] [";" *WSP [parameters *WSP]]
void readIssuer(CaaRecord &record)
{
    static const QRegularExpression domain(
        u"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$"_s);
    static const QRegularExpression parameter(
        u"^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\s*=\\s*[\\x21-\\x3a\\x3c-\\x7e]*$"_s);
    QStringList parts = record.value.split(u';');
    const QString issuer = parts.takeFirst().trimmed();
    record.isValid = issuer.isEmpty() || domain.match(issuer).hasMatch();
    for (const QString &part : parts) {
        const QString text = part.trimmed();
        if (text.isEmpty())
            continue;
        record.parameters << text;
        record.isValid = record.isValid && parameter.match(text).hasMatch();
    }
    if (record.isValid)
        record.issuer = issuer.toLower();
}

// A character-string in presentation form: quoted, with \" and \DDD.
QString unquoted(QStringView text)
{
    if (text.size() >= 2 && text.startsWith(u'"') && text.endsWith(u'"'))
        text = text.mid(1, text.size() - 2);
    QString plain;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\' || i + 1 == text.size()) {
            plain += text[i];
            continue;
        }
        bool isNumber = false;
        const int byte = text.mid(i + 1, 3).toInt(&isNumber);
        if (isNumber && byte >= 0 && byte < 256 && text[i + 1].isDigit()) {
            plain += QChar(byte);
            i += 3;
        } else {
            plain += text[++i];
        }
    }
    return plain;
}

} // namespace

std::optional<CaaRecord> parseCaa(const QString &presentation)
{
    static const QRegularExpression form(u"^(\\d{1,3}) ([A-Za-z0-9]+) (.*)$"_s,
                                         QRegularExpression::DotMatchesEverythingOption);
    const auto match = form.match(presentation);
    if (!match.hasMatch())
        return std::nullopt;
    CaaRecord record;
    record.isCritical = (match.capturedView(1).toInt() & kCriticalFlag) != 0;
    record.tag = match.captured(2).toLower();
    record.value = unquoted(match.capturedView(3));
    if (namesAuthorities(record))
        readIssuer(record);
    return record;
}

QStringList caaClimb(const QString &host)
{
    QStringList names;
    QString name = withoutWildcard(host);
    while (!name.isEmpty()) {
        names << name;
        const qsizetype dot = name.indexOf(u'.');
        name = dot < 0 ? QString() : name.mid(dot + 1);
    }
    return names;
}

std::optional<QStringList> CaaSet::issuersFor(bool isWildcard) const
{
    const auto has = [&](QLatin1StringView tag) {
        return std::ranges::any_of(records, [&](const CaaRecord &r) { return r.tag == tag; });
    };
    // Section 4.3: issuewild, where there is one, is all that counts for a wildcard.
    const auto tag = isWildcard && has("issuewild"_L1) ? "issuewild"_L1 : "issue"_L1;
    if (!has(tag))
        return std::nullopt;
    QStringList issuers;
    for (const CaaRecord &record : records) {
        if (record.tag == tag && !record.issuer.isEmpty())
            issuers << record.issuer;
    }
    issuers.removeDuplicates();
    return issuers;
}

CaaSet readCaaSet(const QString &name, const DnsAnswer &answer)
{
    CaaSet set{name, {}};
    for (const DnsRecord &record : answer.records(RrType::Caa)) {
        if (const auto caa = parseCaa(record.presentation))
            set.records.push_back(*caa);
    }
    return set;
}

} // namespace cockpit
