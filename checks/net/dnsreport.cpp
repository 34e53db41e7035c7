#include "checks/net/dnsreport.h"

#include "checks/net/extendederror.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostLines = 40;
constexpr qsizetype kMostReasons = 3;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsReport)
};

QStringList reasonsOf(const DnsAnswer &answer)
{
    QStringList reasons;
    for (const ExtendedDnsError &error : answer.extendedErrors)
        reasons << sentenceOf(error);
    reasons.removeDuplicates();
    return reasons.first(std::min<qsizetype>(reasons.size(), kMostReasons));
}

} // namespace

QString shownText(const QByteArray &published, qsizetype longest)
{
    QString text = QString::fromLatin1(published.left(longest));
    for (QChar &c : text) {
        if (c.unicode() < 0x20 || c.unicode() > 0x7e)
            c = u'?';
    }
    return published.size() > longest ? text + u'\u2026' : text;
}

QString shownName(const QString &name)
{
    constexpr qsizetype longest = 120;
    return shownText(name.toLatin1(), longest);
}

Evidence evidenceOf(const DnsLookup &question, const DnsAnswer &answer)
{
    Evidence evidence;
    evidence.title = u"%1 %2"_s.arg(toWord(question.type), question.name);
    if (question.server)
        evidence.title += u" @"_s + question.server->toString();
    QStringList lines;
    for (size_t i = 0; i < std::min(kMostLines, answer.answers.size()); ++i) {
        const DnsRecord &record = answer.answers[i];
        // ldns prints everything but printable ASCII as \DDD.
        lines << QStringList{record.name, QString::number(record.ttl), toWord(record.type), record.presentation}.join(
            u' ');
    }
    if (answer.answers.size() > kMostLines)
        lines << Text::tr("… and %n more", nullptr, static_cast<int>(answer.answers.size() - kMostLines));
    if (answer.status != DnsStatus::Answered)
        lines << sentenceOf(question, answer.status);
    lines << reasonsOf(answer);
    evidence.body = lines.join(u'\n');
    return evidence;
}

Finding dnsFinding(const QString &code, Severity severity, Impact impact, const QString &title,
                   const QString &whatWeSaw)
{
    Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.proof = Proof::Proven;
    finding.impact = impact;
    finding.title = title;
    finding.whatWeSaw = whatWeSaw;
    return finding;
}

QString sentenceOf(const DnsLookup &question, DnsStatus status)
{
    const QString type = toWord(question.type);
    switch (status) {
    case DnsStatus::Answered:
        return Text::tr("%1 has %2 records.").arg(question.name, type);
    case DnsStatus::NoData:
        return Text::tr("%1 exists, but has no %2 record (NODATA).").arg(question.name, type);
    case DnsStatus::NxDomain:
        return Text::tr("%1 does not exist (NXDOMAIN).").arg(question.name);
    case DnsStatus::ServFail:
        return Text::tr("The DNS servers fail when asked for the %2 records of %1 (SERVFAIL).")
            .arg(question.name, type);
    case DnsStatus::Refused:
        return Text::tr("The DNS server refuses to answer for %1 (REFUSED).").arg(question.name);
    case DnsStatus::OtherRcode:
        return Text::tr("The DNS server answers with an error when asked for the %2 records of %1.")
            .arg(question.name, type);
    }
    Q_UNREACHABLE();
}

QString sentenceOf(const DnsLookup &question, const DnsAnswer &answer)
{
    return (QStringList{sentenceOf(question, answer.status)} + reasonsOf(answer)).join(u' ');
}

std::optional<Error> gapIn(const DnsLookup &question, const Result<DnsAnswer> &answer)
{
    if (!answer)
        return answer.error();
    if (answer->isConclusive())
        return std::nullopt;
    return Error{ErrorKind::Unreachable, sentenceOf(question, *answer), {}};
}

QString problemOf(const DnsLookup &question, const Result<DnsAnswer> &answer)
{
    const auto gap = gapIn(question, answer);
    return gap ? gap->message : QString();
}

} // namespace cockpit
