#include "checks/mail/reversedns.h"

#include "checks/engine/inwords.h"
#include "checks/engine/lookgaps.h"
#include "checks/mail/mailhosts.h"
#include "checks/mail/mailintent.h"
#include "checks/mail/spfrecord.h"
#include "checks/net/dnsname.h"
#include "checks/net/dnsreport.h"
#include "checks/net/missingdomain.h"
#include "models/hostname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReverseDns)
};

constexpr std::size_t kMostSenders = 10;
constexpr std::size_t kMostReceivers = 20;
constexpr std::size_t kMostNames = 5; // of one address

RrType addressTypeOf(const QString &address)
{
    return address.contains(u':') ? RrType::Aaaa : RrType::A;
}

bool isAmong(const std::vector<ReverseLook> &looks, const QString &address)
{
    return std::ranges::find(looks, address, &ReverseLook::address) != looks.end();
}

void add(std::vector<ReverseLook> &looks, const ReverseLook &look)
{
    if (!isAmong(looks, look.address))
        looks.push_back(look);
}

// ip4: and ip6: of one address each; a block of many is a company's network, and its own business. leftOut: those
// beyond the most.
std::optional<Error> addSenders(const QString &domain, Observations &seen, std::vector<ReverseLook> &looks,
                                LookGaps &leftOut)
{
    QStringList more;
    const DnsLookup question{.name = domain, .type = RrType::Txt};
    const auto txt = seen.ask(question);
    if (auto gap = gapIn(question, *txt))
        return gap;
    for (const DnsRecord &record : (*txt)->records(RrType::Txt)) {
        const auto spf = parseSpf(record.text);
        if (!isSpfRecord(record.text) || !spf)
            continue;
        for (const SpfTerm &term : spf->terms) {
            const bool isOne = term.network && term.network->prefix == term.network->longestPrefix() &&
                               term.qualifier == SpfQualifier::Pass;
            const QString address = term.text.section(u':', 1).section(u'/', 0, 0).toLower();
            if (isOne && looks.size() < kMostSenders)
                add(looks, {.address = address, .use = AddressUse::Sends});
            else if (isOne && !isAmong(looks, address))
                more << address;
        }
    }
    for (const QString &address : more)
        leftOut.hide({address});
    if (!more.isEmpty())
        leftOut.say(Text::tr("The SPF record names more addresses than are looked at in one go. Not looked at: %1.")
                        .arg(namesInWords(more)));
    return std::nullopt;
}

// Of hosts below the domain: others are the business of whoever runs them.
void leaveOutHosts(const QString &domain, const QStringList &hosts, LookGaps &leftOut)
{
    QStringList own;
    for (const QString &host : hosts) {
        if (!isWithin(host, domain))
            continue;
        own << host;
        for (const QString &address : {u"0.0.0.0"_s, u"::"_s}) // of either family
            leftOut.hide({ReverseLook{.address = address, .use = AddressUse::Receives, .host = host}.subject()});
    }
    leftOut.say(mailHostsLeftOut(own).sentence);
}

void leaveOutAddresses(const std::vector<ReverseLook> &more, LookGaps &leftOut)
{
    QStringList named;
    for (const ReverseLook &look : more) {
        leftOut.hide({look.subject()});
        named << Text::tr("%1 of %2").arg(look.address, look.host);
    }
    if (!named.isEmpty())
        leftOut.say(Text::tr("The mail servers have more addresses than are looked at in one go. Not looked at: %1.")
                        .arg(namesInWords(named)));
}

std::optional<Error> addReceivers(const QString &domain, const MailHosts &hosts, Observations &seen,
                                  std::vector<ReverseLook> &looks, LookGaps &leftOut)
{
    leaveOutHosts(domain, hosts.leftOut, leftOut);
    std::vector<DnsLookup> questions;
    for (const MailHost &host : hosts.asked) {
        if (!isWithin(host.name, domain))
            continue;
        questions.push_back({.name = host.name, .type = RrType::A});
        questions.push_back({.name = host.name, .type = RrType::Aaaa});
    }
    const auto answers = seen.askAll(questions); // not the overrides: a name belongs to the true address
    const std::size_t most = looks.size() + kMostReceivers;
    std::vector<ReverseLook> more;
    std::optional<Error> firstGap;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        if (const auto gap = gapIn(questions[i], *answers[i])) {
            firstGap = firstGap ? firstGap : gap;
            continue;
        }
        for (const DnsRecord &record : (*answers[i])->records(questions[i].type)) {
            const ReverseLook look{.address = record.address, .use = AddressUse::Receives, .host = questions[i].name};
            add(looks.size() < most || isAmong(looks, look.address) ? looks : more, look);
        }
    }
    leaveOutAddresses(more, leftOut);
    return firstGap;
}

void askForNames(std::vector<ReverseLook> &looks, Observations &seen)
{
    std::vector<DnsLookup> questions;
    questions.reserve(looks.size());
    for (const ReverseLook &look : looks)
        questions.push_back({.name = reverseNameOf(look.address), .type = RrType::Ptr});
    const auto answers = seen.askAll(questions);
    for (std::size_t i = 0; i < looks.size(); ++i)
        looks[i].pointer = *answers[i];
}

void askWhereNamesLead(std::vector<ReverseLook> &looks, Observations &seen)
{
    std::vector<DnsLookup> questions;
    std::vector<ReverseLook *> askers;
    for (ReverseLook &look : looks) {
        for (const QString &name : look.names()) {
            questions.push_back({.name = name, .type = addressTypeOf(look.address)});
            askers.push_back(&look);
        }
    }
    const auto answers = seen.askAll(questions);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Result<DnsAnswer> &answer = *answers[i];
        askers[i]->isForwardKnown = askers[i]->isForwardKnown && answer && answer->isConclusive();
        const auto records = answer ? answer->records(questions[i].type) : std::vector<DnsRecord>();
        const auto wanted = parseIpNetwork(askers[i]->address);
        if (std::ranges::any_of(records, [&](const DnsRecord &r) { return parseIpNetwork(r.address) == wanted; }))
            askers[i]->confirmed << questions[i].name;
    }
}

Evidence evidenceOf(const ReverseLook &look)
{
    const DnsLookup question{.name = reverseNameOf(look.address), .type = RrType::Ptr};
    Evidence evidence = look.pointer ? evidenceOf(question, *look.pointer)
                                     : Evidence{u"PTR "_s + question.name, look.pointer.error().message};
    evidence.title += u" (%1)"_s.arg(look.address);
    return evidence;
}

Judged lookAtReverseDns(const Look &look)
{
    const QString domain = look.target.domain;
    const auto hosts = mailHostsOf(domain, look.seen);
    if (!hosts)
        return couldNotLook(hosts.error());
    std::vector<ReverseLook> looks;
    LookGaps leftOut;
    const auto sendersGap = addSenders(domain, look.seen, looks, leftOut);
    const auto receiversGap = addReceivers(domain, *hosts, look.seen, looks, leftOut);
    const std::optional<Error> gap = sendersGap ? sendersGap : receiversGap;
    if (looks.empty() && !gap && leftOut.isSaid())
        return notRun(sentencesInWords(leftOut.sentences()));
    if (looks.empty() && !gap) {
        return unlessMissing(notApplicable(Text::tr("%1 names no mail server of its own.").arg(domain)), domain,
                             look.seen);
    }
    askForNames(looks, look.seen);
    askWhereNamesLead(looks, look.seen);
    Judged judged = judgeReverseDns(looks, gap, leftOut);
    for (const ReverseLook &each : looks)
        judged.evidence.push_back(evidenceOf(each));
    return judged;
}

} // namespace

QStringList ReverseLook::names() const
{
    QStringList names;
    if (!pointer)
        return names;
    for (const DnsRecord &record : pointer->records(RrType::Ptr)) {
        if (names.size() < static_cast<qsizetype>(kMostNames) && !record.target.isEmpty())
            names << record.target;
    }
    return names;
}

Check reverseDnsCheck()
{
    return {.id = u"mail.reverse-dns"_s,
            .scope = Scope::Target,
            .roles = {},
            .impacts = {Impact::EmailDelivery},
            .needs = {},
            .look = lookAtReverseDns};
}

} // namespace cockpit
