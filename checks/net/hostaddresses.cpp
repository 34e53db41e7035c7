#include "checks/net/hostaddresses.h"

#include "checks/engine/observations.h"
#include "checks/net/addressspace.h"
#include "checks/net/dnsclient.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HostAddresses)
};

QString withoutBrackets(const QString &host)
{
    return host.startsWith(u'[') && host.endsWith(u']') ? host.mid(1, host.size() - 2) : host;
}

Error noAddress(const QString &host, const Result<DnsAnswer> &a, const Result<DnsAnswer> &aaaa)
{
    if (!a)
        return a.error();
    if (!aaaa)
        return aaaa.error();
    if (a->status == DnsStatus::NxDomain)
        return {ErrorKind::Unreachable, Text::tr("%1 does not exist in DNS.").arg(host)};
    if (a->status == DnsStatus::NoData || a->status == DnsStatus::Answered)
        return {ErrorKind::Unreachable, Text::tr("%1 has no address (A or AAAA record) in DNS.").arg(host)};
    return {ErrorKind::Unreachable,
            Text::tr("The DNS servers could not say where %1 is: they answered with %2.").arg(host, toWord(a->status))};
}

} // namespace

QString HostAddresses::key() const
{
    return u"%1|%2"_s.arg(host.toLower(), QString::number(port));
}

Result<std::vector<SocketAddress>> probe(const HostAddresses &question, ProbeContext &context)
{
    const QString host = withoutBrackets(question.host);
    if (const auto override = context.options.connectOverrideFor(host, question.port))
        return std::vector{*override};
    if (isIpAddress(host))
        return std::vector{SocketAddress{host, question.port}};

    const std::vector<DnsLookup> questions = addressQuestions(host);
    const auto answers = context.observations.askAll(questions);
    std::vector<SocketAddress> addresses;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!*answers[i])
            continue;
        for (const DnsRecord &record : (*answers[i])->records(questions[i].type))
            addresses.push_back({record.address, question.port});
    }
    if (addresses.empty())
        return tl::unexpected<Error>(noAddress(host, *answers[0], *answers[1]));
    return addresses;
}

NameLookup lookupOf(const QString &host, std::uint16_t port, Observations &seen)
{
    if (*seen.ask(HostAddresses{host, port}))
        return NameLookup::Known;
    const auto answers = seen.askAll(addressQuestions(withoutBrackets(host))); // from memory
    const auto tellsNone = [](const Observations::Shared<DnsAnswer> &answer) {
        using enum DnsStatus;
        return *answer &&
               ((*answer)->status == NxDomain || (*answer)->status == NoData || (*answer)->status == Answered);
    };
    return std::ranges::all_of(answers, tellsNone) ? NameLookup::Absent : NameLookup::Unknown;
}

} // namespace cockpit
