#include "checks/net/dnserrors.h"

#include "checks/net/route.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DnsErrors)
};

QString namesOf(const std::vector<SocketAddress> &servers)
{
    if (servers.empty())
        return Text::tr("the DNS servers that this computer uses");
    QStringList list;
    for (const SocketAddress &server : servers)
        list << server.toString();
    return list.join(u", "_s);
}

bool hasRouteToAny(const std::vector<SocketAddress> &servers, DnsTransport transport)
{
    const auto list = servers.empty() ? DnsChannel({}, transport, std::chrono::seconds(1)).servers() : servers;
    return std::ranges::any_of(list, hasRouteTo);
}

} // namespace

Error noAnswerInTime(const DnsLookup &question, const std::vector<SocketAddress> &servers,
                     std::chrono::milliseconds limit)
{
    const QString seconds = QLocale().toString(static_cast<double>(limit.count()) / 1000, 'g', 3);
    return {ErrorKind::TimedOut, Text::tr("No answer within %1 s to the question for the %2 records of %3; asked: %4.")
                                     .arg(seconds, toWord(question.type), question.name, namesOf(servers))};
}

Error nobodyAnswers(const DnsLookup &question, const std::vector<SocketAddress> &servers, DnsTransport transport)
{
    if (!hasRouteToAny(servers, transport)) {
        return {ErrorKind::Unreachable,
                Text::tr("This computer has no network connection to %1, so %2 could not be looked up.")
                    .arg(namesOf(servers), question.name)};
    }
    if (question.overTcp) {
        return {ErrorKind::Unreachable, Text::tr("The DNS server takes no TCP connections; asked for %1 at %2.")
                                            .arg(question.name, namesOf(servers))};
    }
    if (transport == DnsTransport::Tcp) {
        return {ErrorKind::Unreachable,
                Text::tr("The %1 records of %2 do not fit into one UDP packet, and the DNS server takes no TCP "
                         "connections; asked: %3.")
                    .arg(toWord(question.type), question.name, namesOf(servers))};
    }
    return {ErrorKind::Unreachable, Text::tr("No DNS server is running where the %1 records of %2 were asked for: %3.")
                                        .arg(toWord(question.type), question.name, namesOf(servers))};
}

Error cutOffOverTcp(const DnsLookup &question)
{
    return {ErrorKind::Protocol, Text::tr("The DNS server cuts off its answer for the %1 records of %2 even over TCP.")
                                     .arg(toWord(question.type), question.name)};
}

Error noDnsOnThisMachine()
{
    return {ErrorKind::Unreachable, Text::tr("DNS questions cannot be sent from this computer.")};
}

Error stoppedByUser()
{
    return {ErrorKind::Cancelled, Text::tr("Stopped before an answer came.")};
}

} // namespace cockpit
