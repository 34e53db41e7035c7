#include "checks/mail/bimi.h"

#include "checks/mail/bimilogo.h"
#include "checks/mail/dmarcwalk.h"
#include "checks/mail/extrarecord.h"
#include "checks/mail/mailintent.h"
#include "checks/net/addressspace.h"
#include "checks/net/dnsreport.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Bimi)
};

constexpr auto kVersion = "v=BIMI1";
constexpr qint64 kCertificateCap = 256LL * 1024; // a mark certificate holds the logo

DnsLookup question(const QString &domain)
{
    return {.name = u"default._bimi."_s + domain, .type = RrType::Txt};
}

// The record may name any address; one inside our own network is none of its business.
Result<HttpResponse> fetch(const QString &address, qint64 cap, Observations &seen)
{
    const QUrl url(address);
    const auto port = static_cast<std::uint16_t>(url.port(443));
    const auto addresses = seen.ask(HostAddresses{hostOf(url), port});
    const bool isInside = *addresses && !seen.options().connectOverrideFor(hostOf(url), port) &&
                          std::ranges::any_of(**addresses, isPrivateAddress, &SocketAddress::ip);
    if (isInside) {
        return failure(ErrorKind::NotPermitted,
                       Text::tr("%1 lies in a private network, where no mailbox company reaches it.").arg(hostOf(url)));
    }
    return *seen.ask(HttpGet{.url = url, .bodyCap = cap});
}

Finding found(const QString &code, const QString &title, const QString &seen)
{
    return extraFinding(code, title, seen);
}

// Why a file that the record names cannot be used; empty when it was fetched whole.
QString whyNotFetched(const Result<HttpResponse> &response)
{
    if (!response)
        return response.error().message;
    if (response->trust != CertificateTrust::Trusted)
        return Text::tr("The certificate of its server is not valid.");
    if (response->status != 200)
        return Text::tr("Its server answers with status %1, where 200 is wanted.").arg(response->status);
    return {};
}

void judgeLogo(const BimiRecord &record, const Result<HttpResponse> &response, std::vector<Finding> &findings)
{
    if (const QString why = whyNotFetched(response); !why.isEmpty()) {
        findings.push_back(found(u"logo_unreachable"_s, Text::tr("The logo for your mail cannot be fetched"),
                                 Text::tr("%1 cannot be fetched. %2").arg(record.logo, why)));
        return;
    }
    if (response->bodyTruncated || response->body.size() > kBimiLogoCap) {
        findings.push_back(found(u"logo_too_large"_s, Text::tr("The logo for your mail is too large"),
                                 Text::tr("%1 is larger than 32 KB.").arg(record.logo)));
        return;
    }
    QStringList faults = faultsOfBimiLogo(response->body);
    const QByteArray type = response->header("content-type").value_or(QByteArray());
    if (type.split(';').front().trimmed().toLower() != "image/svg+xml")
        faults << Text::tr("it is sent as \"%1\" instead of image/svg+xml").arg(shownText(type, 60));
    if (!faults.isEmpty()) {
        findings.push_back(found(u"logo_form"_s, Text::tr("The logo for your mail has the wrong form"),
                                 Text::tr("%1 will be refused: %2.").arg(record.logo, faults.join(u"; "_s))));
    }
}

void judgeCertificate(const BimiRecord &record, const Result<HttpResponse> &response, const QDateTime &now,
                      std::vector<Finding> &findings)
{
    QString why = whyNotFetched(response);
    if (why.isEmpty())
        why = faultOfMarkCertificate(response->body, now);
    if (!why.isEmpty()) {
        findings.push_back(found(u"certificate_unusable"_s, Text::tr("The certificate for your logo cannot be used"),
                                 Text::tr("%1 cannot be used: %2").arg(record.certificate, why)));
    }
}

// p and sp have to be more than "none", for all mail.
bool isEnforced(const std::optional<DmarcRecord> &dmarc)
{
    return dmarc && dmarc->effectivePolicy() != DmarcPolicy::None &&
           dmarc->effectiveSubdomainPolicy() != DmarcPolicy::None && dmarc->percentage.value_or(100) == 100;
}

void judgeRecord(const BimiRecord &record, const BimiFacts &facts, Judged &judged)
{
    judged.observed.insert(u"logo"_s, record.logo);
    judged.observed.insert(u"certificate"_s, record.certificate);
    judged.observed.insert(u"dmarc_enforced"_s, isEnforced(facts.dmarc));
    if (!isEnforced(facts.dmarc)) {
        judged.findings.push_back(
            found(u"dmarc_not_enforced"_s, Text::tr("Your logo does not show, because fakes are let through"),
                  Text::tr("%1 publishes a logo, but mailbox companies show it only with a DMARC policy of quarantine "
                           "or reject, for subdomains too.")
                      .arg(facts.domain)));
    }
    if (facts.logo)
        judgeLogo(record, *facts.logo, judged.findings);
    if (facts.certificate)
        judgeCertificate(record, *facts.certificate, facts.now, judged.findings);
}

void judgeText(const QByteArray &text, const BimiFacts &facts, Judged &judged)
{
    judged.observed.insert(u"record"_s, shownText(text));
    judged.observed.insert(u"status"_s, u"valid"_s);
    const auto record = parseBimi(text);
    if (!record) {
        judged.observed.insert(u"status"_s, u"invalid"_s);
        judged.findings.push_back(found(u"invalid_record"_s, Text::tr("The logo record cannot be read"),
                                        Text::tr("The record at default._bimi.%1 is \"%2\": %3.")
                                            .arg(facts.domain, shownText(text), record.error())));
        return;
    }
    if (record->isDeclined()) {
        judged.observed.insert(u"status"_s, u"declined"_s);
        judged.outcome = Outcome::Info;
        judged.summary = Text::tr("The domain says that it shows no logo");
        return;
    }
    judgeRecord(*record, facts, judged);
}

// Empty when no record counts; an error when that cannot be told.
Result<std::optional<DmarcRecord>> dmarcOf(const QString &domain, Observations &seen)
{
    const std::vector<DmarcLevel> levels = askForLevels(domain, seen);
    if (const DmarcLevel *undecided = undecidedLevel(levels, registrableDomain(domain))) {
        const DnsLookup question{.name = u"_dmarc."_s + undecided->domain, .type = RrType::Txt};
        const auto answer = seen.ask(question); // remembered
        return *answer ? failure(ErrorKind::Unreachable, sentenceOf(question, (*answer)->status))
                       : tl::unexpected<Error>(answer->error());
    }
    const DmarcDiscovery discovery = discoverByTreeWalk(levels);
    return discovery.level ? discovery.level->record : std::nullopt;
}

Judged lookAtBimi(const Look &look)
{
    const QString domain = look.target.domain;
    if (saysItSendsNoMail(domain, look.seen).value_or(false))
        return notApplicable(Text::tr("%1 sends no mail that a logo could stand beside.").arg(domain));
    const auto answer = look.seen.ask(question(domain));
    if (!*answer)
        return couldNotLook(answer->error());
    BimiFacts facts{.domain = domain, .record = **answer, .now = look.startedAt};
    const ExtraRecord record = readExtraRecord(facts.record, kVersion);
    if (const auto bimi = parseBimi(record.text); record.state == ExtraState::One && bimi && !bimi->isDeclined()) {
        const auto dmarc = dmarcOf(domain, look.seen);
        if (!dmarc)
            return couldNotLook(dmarc.error());
        facts.dmarc = *dmarc;
        if (!bimi->logo.isEmpty())
            facts.logo = fetch(bimi->logo, kBimiLogoCap + 1, look.seen);
        if (!bimi->certificate.isEmpty())
            facts.certificate = fetch(bimi->certificate, kCertificateCap, look.seen);
    }
    for (const auto *response : {&facts.logo, &facts.certificate}) {
        if (*response && !**response && isNoFact((*response)->error()))
            return couldNotLook((*response)->error());
    }
    return provenExtra(judgeBimi(facts), {evidenceOf(question(domain), facts.record)}, domain, look.seen);
}

} // namespace

tl::expected<BimiRecord, QString> parseBimi(const QByteArray &text)
{
    const auto tags = parseTagList(text);
    if (!tags)
        return tl::unexpected<QString>(tags.error());
    BimiRecord record{valueOf(*tags, "l"_L1).value_or(QString()), valueOf(*tags, "a"_L1).value_or(QString())};
    if (!valueOf(*tags, "l"_L1))
        return tl::unexpected<QString>(Text::tr("l=, the address of the logo, is missing"));
    for (const QString &address : {record.logo, record.certificate}) {
        const QUrl url(address, QUrl::StrictMode);
        if (!address.isEmpty() && (!url.isValid() || url.scheme() != "https"_L1 || url.host().isEmpty()))
            return tl::unexpected<QString>(Text::tr("\"%1\" is no https address").arg(address.left(100)));
    }
    if (record.logo.isEmpty() && !record.certificate.isEmpty())
        return tl::unexpected<QString>(Text::tr("it names a certificate and no logo"));
    return record;
}

Judged judgeBimi(const BimiFacts &facts)
{
    const ExtraRecord record = readExtraRecord(facts.record, kVersion);
    Judged judged;
    switch (record.state) {
    case ExtraState::DnsFailure:
        return unknownExtra(question(facts.domain), facts.record.status);
    case ExtraState::Absent:
        break;
    case ExtraState::Several:
        judged.observed.insert(u"status"_s, u"invalid"_s);
        judged.findings.push_back(
            found(u"several_records"_s, Text::tr("There are several logo records"),
                  Text::tr("default._bimi.%1 has more than one record of version BIMI1; none of them counts.")
                      .arg(facts.domain)));
        break;
    case ExtraState::One:
        judgeText(record.text, facts, judged);
        break;
    }
    if (judged.outcome == Outcome::Info) // declined
        return judged;
    return concludedExtra(std::move(judged), record, Text::tr("No logo beside your mail; an optional extra"),
                          Text::tr("Your logo can show beside your mail"));
}

Check bimiCheck()
{
    return {.id = u"mail.bimi"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtBimi};
}

} // namespace cockpit
