#include "checks/dns/owners.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Owners)
};

// The zone that a name is in: the first name on the way up that has name servers.
Result<QStringList> serversFor(QString zone, Observations &seen)
{
    const QString wanted = zone;
    while (true) {
        const DnsLookup question{.name = zone, .type = RrType::Ns};
        const auto answer = seen.ask(question);
        if (!*answer)
            return tl::unexpected<Error>(answer->error());
        const QStringList names = nameServersIn((*answer)->answers, zone);
        if (!names.isEmpty())
            return names;
        if ((*answer)->status != DnsStatus::NoData && (*answer)->status != DnsStatus::Answered)
            return failure(ErrorKind::NotFound, sentenceOf(question, (*answer)->status));
        if (!zone.contains(u'.'))
            return failure(ErrorKind::NotFound, Text::tr("Nobody says which name servers %1 has.").arg(wanted));
        zone = zone.mid(zone.indexOf(u'.') + 1);
    }
}

// Other texts may stand at the name; another record of the same kind may not: receivers then use neither.
bool isSameKind(const QByteArray &text, const QString &value)
{
    const QString begin = value.left(value.indexOf(u';') < 0 ? value.indexOf(u' ') : value.indexOf(u';')).toLower();
    return !begin.isEmpty() && QString::fromLatin1(text).toLower().startsWith(begin);
}

OwnerAnswer judgeTexts(const WantedRecord &wanted, const DnsAnswer &answer)
{
    OwnerAnswer owner{.state = OwnerState::HasNothing};
    bool hasIt = false;
    QStringList others;
    for (const DnsRecord &record : answer.records(RrType::Txt)) {
        if (record.text == wanted.value.toLatin1())
            hasIt = true;
        else if (isSameKind(record.text, wanted.value))
            others << shownText(record.text, 300);
    }
    if (const QStringList chain = answer.cnameChain(); !hasIt && others.isEmpty() && !chain.isEmpty())
        others << Text::tr("an alias for %1").arg(chain.front());
    if (hasIt && others.isEmpty())
        owner.state = OwnerState::HasIt;
    else if (!others.isEmpty())
        owner = {.state = OwnerState::HasOther, .seen = others.join(u'\n')};
    return owner;
}

OwnerAnswer judgeAlias(const WantedRecord &wanted, const DnsAnswer &answer)
{
    const auto aliases = answer.records(RrType::Cname);
    if (aliases.empty())
        return {.state = OwnerState::HasNothing};
    if (aliases.front().target == wanted.value)
        return {.state = OwnerState::HasIt};
    return {.state = OwnerState::HasOther, .seen = Text::tr("an alias for %1").arg(aliases.front().target)};
}

} // namespace

OwnerAnswer judgeOwner(const WantedRecord &wanted, const Result<DnsAnswer> &answer)
{
    if (!answer)
        return {.state = OwnerState::Failed, .seen = answer.error().message};
    if (!answer->isConclusive())
        return {.state = OwnerState::Failed, .seen = sentenceOf({.name = wanted.name}, answer->status)};
    if (!answer->authoritative)
        return {.state = OwnerState::Failed,
                .seen = Text::tr("It says that it is not in charge of %1.").arg(wanted.domain)};
    return wanted.type == "CNAME"_L1 ? judgeAlias(wanted, *answer) : judgeTexts(wanted, *answer);
}

Result<std::vector<OwnerReply>> askEachOwner(const QString &domain, const QString &name, RrType type,
                                             Observations &seen)
{
    const Result<QStringList> names = serversFor(domain, seen);
    if (!names)
        return tl::unexpected<Error>(names.error());
    std::vector<OwnerReply> replies;
    std::vector<DnsLookup> questions;
    for (const NameServer &server : locateNameServers(*names, seen)) {
        replies.push_back({server, failure(ErrorKind::NotFound, Text::tr("It has no address."))});
        if (server.address)
            questions.push_back({.name = name, .type = type, .server = server.address, .recursionDesired = false});
    }
    const auto answers = seen.askAll(questions);
    size_t next = 0;
    for (OwnerReply &reply : replies) {
        if (reply.server.address)
            reply.answer = *answers[next++];
    }
    return replies;
}

Result<std::vector<OwnerAnswer>> askOwners(const WantedRecord &wanted, const NetOptions &options,
                                           const CancelToken &token)
{
    Observations seen(options, token, Deadline::in(options.runDeadline), nullptr);
    const RrType type = wanted.type == "CNAME"_L1 ? RrType::Cname : RrType::Txt;
    const auto replies = askEachOwner(wanted.domain, wanted.name, type, seen);
    if (!replies)
        return tl::unexpected<Error>(replies.error());
    std::vector<OwnerAnswer> owners;
    for (const OwnerReply &reply : *replies) {
        OwnerAnswer owner = judgeOwner(wanted, reply.answer);
        owner.server = reply.server.name;
        if (reply.server.address)
            owner.address = reply.server.address->toString();
        owners.push_back(owner);
    }
    return owners;
}

} // namespace cockpit
