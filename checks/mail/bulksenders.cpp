#include "checks/mail/bulksenders.h"

#include "checks/mail/dkim.h"
#include "checks/mail/spfrecord.h"
#include "models/providers.h"
#include "models/target.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(BulkSenders)
};

// Of resources/providers.json: campaigns, newsletters and what a product sends to all of its users. Mailboxes of a
// company are not among them.
constexpr std::array kBulkServices{
    "activecampaign"_L1, "brevo"_L1,   "elasticemail"_L1, "hubspot"_L1,    "intercom"_L1, "klaviyo"_L1,
    "mailchimp"_L1,      "mailgun"_L1, "mailerlite"_L1,   "mailersend"_L1, "mailjet"_L1,  "mandrill"_L1,
    "postmark"_L1,       "resend"_L1,  "salesforce"_L1,   "sendgrid"_L1,   "ses"_L1,      "sparkpost"_L1};

bool isBulk(const Provider &provider)
{
    return std::ranges::find(kBulkServices, provider.id) != kBulkServices.end();
}

// The company's domain for mail is the one of its SPF record: "s1.domainkey.u1.wl2.sendgrid.net".
bool isMailHostOf(const Provider &provider, const QString &host)
{
    return std::ranges::any_of(provider.spf, [&](const QString &pattern) {
        const QString own = registrableDomain(pattern);
        return !own.isEmpty() && own == registrableDomain(host);
    });
}

// Where the names lead that such services have made for bounces. Other names may lead there for a web page.
QStringList mailTargetsIn(const QJsonObject &inventory)
{
    static const QRegularExpression forMail(u"^(?:em\\d*|send|mg|bounces?|pm-bounces)\\."_s);
    QStringList targets;
    const QJsonArray names = inventory.value("names"_L1).toArray();
    for (const QJsonValue name : names) {
        if (forMail.match(name["name"_L1].toString()).hasMatch())
            targets << name["leads_to"_L1].toString();
    }
    return targets;
}

} // namespace

QStringList bulkServicesIn(const QByteArray &spf)
{
    const auto record = parseSpf(spf);
    if (!record)
        return {};
    QStringList domains{record->reachableRedirect()};
    for (const SpfTerm &term : record->reachableTerms()) {
        if (term.mechanism == SpfMechanism::Include)
            domains << term.domain;
    }
    QStringList names;
    for (const Provider &provider : knownProviders()) {
        const auto isNamed = [&](const QString &domain) {
            return !domain.isEmpty() && matchesHost(provider.spf, domain.toLower());
        };
        if (isBulk(provider) && std::ranges::any_of(domains, isNamed))
            names << provider.name;
    }
    return names;
}

QStringList bulkServicesBelow(const QString &domain, const QJsonObject &inventory, Observations &seen)
{
    QStringList ids;
    for (const QLatin1StringView id : kBulkServices)
        ids << id;
    const QStringList selectors = dkimSelectorsFor(ids, {});
    std::vector<DnsLookup> questions{{.name = u"send."_s + domain, .type = RrType::Txt}};
    questions.reserve(static_cast<std::size_t>(selectors.size()) + 1);
    for (const QString &selector : selectors)
        questions.push_back({.name = selector + u"._domainkey."_s + domain, .type = RrType::Txt});
    const auto answers = seen.askAll(questions);
    QStringList targets = mailTargetsIn(inventory);
    for (std::size_t i = 1; i < answers.size(); ++i)
        targets << (*answers[i] ? (*answers[i])->cnameChain() : QStringList());
    QStringList names = bulkServicesIn(*answers.front());
    for (const Provider &provider : knownProviders()) {
        const auto isTheirs = [&](const QString &target) { return isMailHostOf(provider, target); };
        if (isBulk(provider) && std::ranges::any_of(targets, isTheirs))
            names << provider.name;
    }
    names.removeDuplicates();
    return names;
}

QStringList bulkServicesIn(const Result<DnsAnswer> &txt)
{
    QList<QByteArray> records;
    if (txt) {
        for (const DnsRecord &record : txt->records(RrType::Txt)) {
            if (isSpfRecord(record.text))
                records << record.text;
        }
    }
    return records.size() == 1 ? bulkServicesIn(records.front()) : QStringList();
}

Finding withBulkRules(Finding finding, const QStringList &services)
{
    if (services.isEmpty())
        return finding;
    finding.whatWeSaw += u' ' + Text::tr("Mail goes out through %1. From about 5,000 messages a day to their users, "
                                         "Google and Yahoo (since February 2024) and Microsoft (since May 2025) want "
                                         "SPF, DKIM and a DMARC record to be right, and turn away mail without.")
                                    .arg(services.join(u", "_s));
    return finding;
}

} // namespace cockpit
