#include "checks/dns/delegationjudge.h"

#include "checks/dns/nameserver.h"
#include "checks/net/dnsreport.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Delegation)
};

constexpr int kEffortMinutes = 20;

// Both sorted.
QStringList onlyIn(const QStringList &these, const QStringList &those)
{
    QStringList rest;
    std::ranges::set_difference(these, those, std::back_inserter(rest));
    return rest;
}

} // namespace

QStringList ownServersOf(const QString &domain, const std::vector<ServerAnswer> &servers)
{
    QStringList own;
    for (const ServerAnswer &server : servers) {
        if (server.ns && server.ns->authoritative)
            own += nameServersIn(server.ns->answers, domain);
    }
    own.sort();
    own.removeDuplicates();
    return own;
}

std::optional<Finding> judgeDelegation(const QString &domain, const QStringList &own, const Delegation &delegation)
{
    const QStringList onlyAbove = onlyIn(delegation.servers, own);
    const QStringList onlyOwn = onlyIn(own, delegation.servers);
    if (own.isEmpty() || (onlyAbove.isEmpty() && onlyOwn.isEmpty()))
        return std::nullopt;
    QStringList seen;
    if (!onlyAbove.isEmpty())
        seen << Text::tr("%1 leads to %2, which %3 itself does not list.")
                    .arg(delegation.parent, onlyAbove.join(u", "_s), domain);
    if (!onlyOwn.isEmpty())
        seen << Text::tr("%1 itself lists %2, to which %3 does not lead.")
                    .arg(domain, onlyOwn.join(u", "_s), delegation.parent);
    // With no name in common, visitors meet one list or the other by chance: a move that stopped half way.
    const bool hasNothingInCommon = onlyAbove.size() == delegation.servers.size();
    Finding finding =
        dnsFinding(u"delegation_differs"_s, hasNothingInCommon ? Severity::High : Severity::Medium, Impact::Downtime,
                   Text::tr("Your registrar and your DNS list different name servers"), seen.join(u' '));
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

} // namespace cockpit
