#include "checks/mail/reversedns.h"

#include "checks/net/dnsreport.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ReverseDns)
};

constexpr int kEffortMinutes = 20;

bool isKnown(const ReverseLook &look)
{
    return look.pointer && (look.pointer->status == DnsStatus::Answered || look.pointer->status == DnsStatus::NoData ||
                            look.pointer->status == DnsStatus::NxDomain);
}

QString statusOf(const ReverseLook &look)
{
    if (!isKnown(look))
        return u"unknown"_s;
    if (look.names().isEmpty())
        return u"none"_s;
    if (!look.confirmed.isEmpty())
        return u"confirmed"_s;
    return look.isForwardKnown ? u"unconfirmed"_s : u"unknown"_s;
}

QString whatFor(const ReverseLook &look)
{
    return look.use == AddressUse::Sends ? Text::tr("Your SPF record says that it sends for you.")
                                         : Text::tr("It takes mail as %1.").arg(look.host);
}

QString whoseJob(const ReverseLook &look)
{
    return look.isYours ? Text::tr("Whoever rents you the server sets this name, not your DNS company.")
                        : Text::tr("The company behind %1 has to set it; tell their support.").arg(look.host);
}

// A server that only takes mail is asked for its name by nobody but the strict.
Severity severityOf(const ReverseLook &look)
{
    return look.use == AddressUse::Sends ? Severity::Medium : Severity::Low;
}

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const ReverseLook &look)
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title,
                                 QStringList{seen, whatFor(look), whoseJob(look)}.join(u' '));
    finding.subject = look.address;
    finding.effortMinutes = kEffortMinutes;
    return finding;
}

std::optional<Finding> faultOf(const ReverseLook &look, const QString &status)
{
    if (status == "none"_L1) {
        return found(u"no_reverse_name"_s, severityOf(look), Text::tr("A mail server has no name"),
                     Text::tr("The address %1 has no reverse name (PTR record).").arg(look.address), look);
    }
    if (status == "unconfirmed"_L1) {
        return found(u"name_does_not_lead_back"_s, severityOf(look),
                     Text::tr("The name of a mail server leads elsewhere"),
                     Text::tr("The address %1 calls itself %2, but that name does not lead to the address.")
                         .arg(look.address, look.names().join(u", "_s)),
                     look);
    }
    const bool areAllGeneric =
        status == "confirmed"_L1 &&
        std::ranges::all_of(look.confirmed, [&](const QString &name) { return looksGeneric(name, look.address); });
    if (!areAllGeneric || look.use != AddressUse::Sends)
        return std::nullopt;
    Finding finding =
        found(u"generic_name"_s, Severity::Low, Text::tr("A mail server is named like a home connection"),
              Text::tr("The address %1 is called %2, a name as connection companies give to all their lines.")
                  .arg(look.address, look.confirmed.front()),
              look);
    finding.proof = Proof::Lead;
    return finding;
}

QJsonObject observedOf(const ReverseLook &look, const QString &status)
{
    return {{u"address"_s, look.address},
            {u"for"_s, look.use == AddressUse::Sends ? u"spf"_s : look.host},
            {u"names"_s, QJsonArray::fromStringList(look.names())},
            {u"confirmed"_s, QJsonArray::fromStringList(look.confirmed)},
            {u"status"_s, status},
            {u"yours"_s, look.isYours}};
}

Error whyUnknown(const ReverseLook &look)
{
    if (!look.pointer)
        return look.pointer.error();
    return {ErrorKind::Unreachable, Text::tr("The DNS servers could not say what %1 is called.").arg(look.address), {}};
}

} // namespace

bool looksGeneric(const QString &name, const QString &address)
{
    // Words stand alone: "dynamics.example" is a company.
    static const QRegularExpression words(
        u"(^|[.-])(dyn|dynamic|dhcp|pool|pools|dsl|adsl|vdsl|cable|ppp|pppoe|dialup|dial|broadband|customer)[0-9]*([.-])"_s);
    if (words.match(name).hasMatch())
        return true;
    if (address.contains(u':'))
        return false;
    QStringList parts = address.split(u'.');
    QString digits = name;
    digits.replace(QRegularExpression(u"[^0-9]+"_s), u" "_s);
    const QString wanted = u' ' + digits.trimmed() + u' ';
    const bool forwards = wanted.contains(u' ' + parts.join(u' ') + u' ');
    std::ranges::reverse(parts);
    return forwards || wanted.contains(u' ' + parts.join(u' ') + u' ');
}

Judged judgeReverseDns(const std::vector<ReverseLook> &looks)
{
    Judged judged;
    QJsonArray addresses;
    std::size_t unknown = 0;
    for (const ReverseLook &look : looks) {
        const QString status = statusOf(look);
        addresses.append(observedOf(look, status));
        unknown += status == "unknown"_L1 ? 1 : 0;
        if (auto fault = faultOf(look, status))
            judged.findings.push_back(std::move(*fault));
    }
    if (unknown == looks.size() && !looks.empty())
        judged = couldNotLook(whyUnknown(looks.front()));
    else
        judged.outcome = outcomeFor(judged.findings);
    judged.observed = {{u"addresses"_s, addresses}};
    judged.summary = judged.findings.empty() ? Text::tr("The mail servers have names that lead back to them")
                                             : judged.findings.front().title;
    return judged;
}

} // namespace cockpit
