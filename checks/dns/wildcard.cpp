#include "checks/dns/wildcard.h"

#include "checks/net/dnsname.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kAsked = 2; // one alone could be a name by accident, or a server's slip

QStringList addressesIn(const DnsAnswer &answer)
{
    QStringList addresses;
    for (const DnsRecord &record : answer.answers) {
        if (!record.address.isEmpty())
            addresses << record.address;
    }
    return addresses;
}

bool isReal(const Result<DnsAnswer> &answer)
{
    return answer && (answer->status == DnsStatus::Answered || !answer->cnameChain().isEmpty());
}

} // namespace

bool MadeUpNames::hasWildcard() const
{
    return std::ranges::any_of(answers, isReal);
}

bool MadeUpNames::areDeniedCompactly() const
{
    return std::ranges::any_of(answers, [](const Result<DnsAnswer> &answer) {
        return answer && answer->status == DnsStatus::NoData && answer->cnameChain().isEmpty();
    });
}

// Balancers send a part of their addresses each time, so those of all answers count together.
bool MadeUpNames::explain(const DnsAnswer &answer) const
{
    QStringList usual;
    for (const Result<DnsAnswer> &made : answers) {
        if (!isReal(made))
            continue;
        if (!made->cnameChain().isEmpty() && made->cnameChain() == answer.cnameChain())
            return true;
        usual << addressesIn(*made);
    }
    const QStringList addresses = addressesIn(answer);
    return answer.cnameChain().isEmpty() && !addresses.isEmpty() &&
           std::ranges::all_of(addresses, [&](const QString &address) { return usual.contains(address); });
}

QStringList MadeUpNames::aliasChain() const
{
    for (const Result<DnsAnswer> &answer : answers) {
        if (answer && !answer->cnameChain().isEmpty())
            return answer->cnameChain();
    }
    return {};
}

Result<MadeUpNames> probe(const AskMadeUpNames &question, ProbeContext &context)
{
    MadeUpNames made;
    std::vector<DnsLookup> questions;
    for (int i = 0; i < kAsked; ++i) {
        made.names << randomLabel() + u'.' + question.domain;
        questions.push_back({.name = made.names.last(), .type = RrType::A});
    }
    for (const auto &answer : context.observations.askAll(questions))
        made.answers.push_back(*answer);
    return made;
}

} // namespace cockpit
