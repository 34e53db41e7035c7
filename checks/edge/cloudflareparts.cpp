#include "checks/edge/cloudflareparts.h"

#include "checks/edge/settingrules.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CloudflareParts)
};

// How the page for tokens calls what is wanted.
const QString kSettings = u"Zone Settings: Read"_s;
const QString kDns = u"DNS: Read"_s;
const QString kWaf = u"Zone WAF: Read"_s;
const QString kCacheRules = u"Cache Rules: Read"_s;
const QString kPageRules = u"Page Rules: Read"_s;
const QString kBots = u"Bot Management: Read"_s;
const QString kCertificates = u"SSL and Certificates: Read"_s;

ZonePart unread(const QString &name, const Result<CloudflareReply> &reply, const QString &words,
                const QString &permission)
{
    return {name, {}, whyUnread(reply, words, permission), couldNotRead(reply, words, permission)};
}

bool isNotThere(const Result<CloudflareReply> &reply)
{
    return reply && reply->answer == CloudflareAnswer::NotFound;
}

// What answers in another form is not read as nothing.
ZonePart arrayFrom(const QString &name, const Result<CloudflareReply> &reply, const QString &words,
                   const QString &permission)
{
    if (!reply || !reply->isOk() || !reply->result.isArray())
        return unread(name, reply, words, permission);
    return {name, reply->result};
}

ZonePart objectFrom(const QString &name, const Result<CloudflareReply> &reply, const QString &words,
                    const QString &permission)
{
    if (!reply || !reply->isOk() || !reply->result.isObject())
        return unread(name, reply, words, permission);
    return {name, reply->result};
}

ZonePart listFrom(const Look &look, const QString &name, const QString &path, const QString &words,
                  const QString &permission)
{
    const auto list = askCloudflareList(look.seen, **look.facts.edgeToken, path);
    if (!list)
        return unread(name, tl::unexpected<Error>(list.error()), words, permission);
    if (!list->last.isOk() || !list->last.result.isArray())
        return unread(name, list->last, words, permission);
    if (list->isCut)
        return {name, {}, Text::tr("There is more than is read in one go: %1.").arg(words), {}};
    return {name, list->items};
}

ZonePart settingsOneByOne(const Look &look, const CloudflareZone &zone, const QString &words)
{
    std::vector<CloudflareGet> questions;
    questions.reserve(knownSettingRules().size());
    for (const SettingRule &rule : knownSettingRules())
        questions.push_back({u"/zones/%1/settings/%2"_s.arg(zone.id, rule.id), **look.facts.edgeToken});
    QJsonArray items;
    for (const auto &answer : look.seen.askAll(questions)) {
        if (isNotThere(*answer) || (*answer && (*answer)->answer == CloudflareAnswer::Refused))
            continue; // a setting that this plan or this time does not have
        if (!*answer || !(*answer)->isOk())
            return unread(u"settings"_s, *answer, words, kSettings);
        items.append((*answer)->result);
    }
    return {u"settings"_s, items};
}

QString permissionFor(const QString &phase)
{
    return phase == phases::kCache ? kCacheRules : kWaf;
}

QString wordsFor(const QString &phase)
{
    if (phase == phases::kCache)
        return Text::tr("the cache rules");
    if (phase == phases::kRateLimit)
        return Text::tr("the rate limits");
    if (phase == phases::kManaged)
        return Text::tr("the managed firewall rules");
    if (phase == phases::kDdos)
        return Text::tr("the exceptions from the flood protection");
    return Text::tr("the firewall rules");
}

} // namespace

ZonePart settingsOf(const Look &look, const CloudflareZone &zone)
{
    const QString words = Text::tr("the settings of the domain");
    const auto reply = askZone(look, zone, u"/settings"_s);
    return isNotThere(reply) ? settingsOneByOne(look, zone, words) : arrayFrom(u"settings"_s, reply, words, kSettings);
}

ZonePart dnsRecordsOf(const Look &look, const CloudflareZone &zone)
{
    return listFrom(look, u"dns"_s, u"/zones/%1/dns_records?per_page=100"_s.arg(zone.id), Text::tr("the DNS records"),
                    kDns);
}

ZonePart rulesOf(const Look &look, const CloudflareZone &zone, const QString &phase)
{
    const auto reply = askZone(look, zone, u"/rulesets/phases/"_s + phase + u"/entrypoint"_s);
    if (isNotThere(reply))
        return {phase, QJsonArray()};
    if (!reply || !reply->isOk() || !reply->result.isObject())
        return unread(phase, reply, wordsFor(phase), permissionFor(phase));
    return {phase, reply->result["rules"_L1].toArray()};
}

ZonePart pageRulesOf(const Look &look, const CloudflareZone &zone)
{
    const auto reply = askZone(look, zone, u"/pagerules?status=active"_s);
    return arrayFrom(u"page_rules"_s, reply, Text::tr("the page rules"), kPageRules);
}

ZonePart botManagementOf(const Look &look, const CloudflareZone &zone)
{
    const auto reply = askZone(look, zone, u"/bot_management"_s);
    return objectFrom(u"bots"_s, reply, Text::tr("the bot protection"), kBots);
}

ZonePart certificatePacksOf(const Look &look, const CloudflareZone &zone)
{
    return listFrom(look, u"certificates"_s, u"/zones/%1/ssl/certificate_packs?status=all&per_page=50"_s.arg(zone.id),
                    Text::tr("the certificates that visitors see"), kCertificates);
}

ZonePart universalSslOf(const Look &look, const CloudflareZone &zone)
{
    const auto reply = askZone(look, zone, u"/ssl/universal/settings"_s);
    return objectFrom(u"universal"_s, reply, Text::tr("the certificates that visitors see"), kCertificates);
}

ZonePart dnssecOf(const Look &look, const CloudflareZone &zone)
{
    const auto reply = askZone(look, zone, u"/dnssec"_s);
    return objectFrom(u"dnssec"_s, reply, Text::tr("DNSSEC"), kDns);
}

QJsonValue itemOf(const QJsonValue &list, const QString &id)
{
    const QJsonArray items = list.toArray();
    const auto item = std::ranges::find_if(items, [&](const QJsonValue &one) { return one["id"_L1].toString() == id; });
    return item == items.end() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(*item);
}

} // namespace cockpit
