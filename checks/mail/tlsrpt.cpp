#include "checks/mail/tlsrpt.h"

#include "checks/mail/extrarecord.h"
#include "checks/mail/mailintent.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUrl>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TlsRpt)
};

constexpr auto kVersion = "v=TLSRPTv1";

DnsLookup question(const QString &domain)
{
    return {.name = u"_smtp._tls."_s + domain, .type = RrType::Txt};
}

QString pasteFor(const QString &domain)
{
    return u"_smtp._tls.%1. TXT \"v=TLSRPTv1; rua=mailto:tls-reports@%1\""_s.arg(domain);
}

Finding found(const QString &code, const QString &title, const QString &seen, const QString &domain)
{
    Finding finding = extraFinding(code, title, seen);
    finding.fix.paste = pasteFor(domain);
    return finding;
}

// mailto: and https: alone (RFC 8460 section 3); commas, semicolons and exclamation marks in them are escaped.
bool isReportAddress(const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    if (!url.isValid() || uri.contains(u'!') || uri.contains(u' '))
        return false;
    if (url.scheme() == "mailto"_L1) {
        const qsizetype at = url.path().indexOf(u'@');
        return at > 0 && at + 1 < url.path().size();
    }
    return url.scheme() == "https"_L1 && !url.host().isEmpty();
}

struct TlsRptRecord
{
    QStringList reports;
    QStringList unusable;
};

tl::expected<TlsRptRecord, QString> parse(const QByteArray &text)
{
    const auto fields = parseFields(text);
    if (!fields)
        return tl::unexpected<QString>(fields.error());
    TlsRptRecord record;
    for (const Tag &field : *fields) {
        if (field.name != "rua"_L1) // unknown ones are passed over
            continue;
        for (const QString &part : field.value.split(u',')) {
            const QString uri = part.trimmed();
            (isReportAddress(uri) ? record.reports : record.unusable) << uri;
        }
    }
    if (record.reports.isEmpty() && record.unusable.isEmpty())
        return tl::unexpected<QString>(Text::tr("rua=, the address of the reports, is missing"));
    return record;
}

void judgeRecord(const QByteArray &text, const QString &domain, Judged &judged)
{
    const auto record = parse(text);
    const QString shown = shownText(text);
    judged.observed.insert(u"record"_s, shown);
    if (!record) {
        judged.findings.push_back(
            found(u"invalid_record"_s, Text::tr("The TLS report record cannot be read"),
                  Text::tr("The record at _smtp._tls.%1 is \"%2\": %3. Senders treat it as if it were not there.")
                      .arg(domain, shown, record.error()),
                  domain));
        return;
    }
    judged.observed.insert(u"reports"_s, QJsonArray::fromStringList(record->reports));
    if (!record->unusable.isEmpty()) {
        judged.findings.push_back(found(u"bad_report_address"_s, Text::tr("An address for TLS reports cannot be used"),
                                        Text::tr("The record at _smtp._tls.%1 names %2; an address has to begin with "
                                                 "mailto: or https: and be complete.")
                                            .arg(domain, record->unusable.join(u", "_s)),
                                        domain));
    }
}

Judged lookAtTlsRpt(const Look &look)
{
    const QString domain = look.target.domain;
    if (saysItTakesNoMail(domain, look.seen))
        return notApplicable(Text::tr("%1 takes no mail, so there is no delivery to report on.").arg(domain));
    const auto answer = look.seen.ask(question(domain));
    if (!*answer)
        return couldNotLook(answer->error());
    return provenExtra(judgeTlsRpt(domain, **answer), {evidenceOf(question(domain), **answer)}, domain, look.seen);
}

} // namespace

Judged judgeTlsRpt(const QString &domain, const DnsAnswer &answer)
{
    const ExtraRecord record = readExtraRecord(answer, kVersion);
    Judged judged;
    switch (record.state) {
    case ExtraState::DnsFailure:
        return unknownExtra(question(domain), answer.status);
    case ExtraState::Absent:
        if (!record.nearMiss.isEmpty()) {
            judged.findings.push_back(
                found(u"not_recognised"_s, Text::tr("The TLS report record is not recognised"),
                      Text::tr("The record at _smtp._tls.%1 is \"%2\"; it has to begin with exactly \"v=TLSRPTv1;\".")
                          .arg(domain, shownText(record.nearMiss)),
                      domain));
        }
        break;
    case ExtraState::Several:
        judged.findings.push_back(found(
            u"several_records"_s, Text::tr("There are several TLS report records"),
            Text::tr("_smtp._tls.%1 has more than one record of version TLSRPTv1; senders then use none.").arg(domain),
            domain));
        break;
    case ExtraState::One:
        judgeRecord(record.text, domain, judged);
        break;
    }
    judged.observed.insert(u"status"_s, judged.findings.empty() ? u"valid"_s : u"invalid"_s);
    return concludedExtra(std::move(judged), record, Text::tr("No TLS reports are asked for; an optional extra"),
                          Text::tr("Senders report failed encrypted delivery"));
}

Check tlsRptCheck()
{
    return {.id = u"mail.tls-rpt"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtTlsRpt};
}

} // namespace cockpit
