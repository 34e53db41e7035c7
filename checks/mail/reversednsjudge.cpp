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
    return look.pointer && look.pointer->isConclusive();
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

// A server that only takes mail is asked for its name by nobody but the strict.
Severity severityOf(const ReverseLook &look)
{
    return look.use == AddressUse::Sends ? Severity::Medium : Severity::Low;
}

Finding found(const QString &code, Severity severity, const QString &title, const QString &seen,
              const ReverseLook &look)
{
    Finding finding = dnsFinding(code, severity, Impact::EmailDelivery, title,
                                 QStringList{seen, whatFor(look),
                                             Text::tr("Whoever rents you the server sets this name, not your DNS "
                                                      "company.")}
                                     .join(u' '));
    finding.subject = look.subject();
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
            {u"status"_s, status}};
}

Error whyUnknown(const ReverseLook &look)
{
    if (!look.pointer)
        return look.pointer.error();
    if (isKnown(look))
        return {ErrorKind::Unreachable,
                Text::tr("The DNS servers could not say where %1 leads, the name of %2.")
                    .arg(look.names().join(u", "_s), look.address),
                {}};
    return {ErrorKind::Unreachable, Text::tr("The DNS servers could not say what %1 is called.").arg(look.address), {}};
}

// Another address of the same host with the same fault is the same finding.
void add(std::vector<Finding> &findings, Finding finding, const ReverseLook &look)
{
    const auto isSame = [&](const Finding &f) { return f.code == finding.code && f.subject == finding.subject; };
    const auto it = std::ranges::find_if(findings, isSame);
    if (it == findings.end())
        findings.push_back(std::move(finding));
    else
        it->whatWeSaw += u' ' + Text::tr("The same holds for %1.").arg(look.address);
}

QString summaryOf(const std::vector<Finding> &findings, const LookGaps &gaps)
{
    if (!findings.empty())
        return findings.front().title;
    if (gaps.isSaid())
        return Text::tr("Not every mail server could be looked at: %1").arg(gaps.sentences().front());
    return Text::tr("The mail servers have names that lead back to them");
}

} // namespace

// The addresses of a mail host change from look to look where several share the work; the SPF record's do not.
QString ReverseLook::subject() const
{
    if (use == AddressUse::Sends)
        return address;
    return u"%1 (%2)"_s.arg(host, address.contains(u':') ? u"IPv6"_s : u"IPv4"_s);
}

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

Judged judgeReverseDns(const std::vector<ReverseLook> &looks, const std::optional<Error> &gap, const LookGaps &leftOut)
{
    Judged judged;
    QJsonArray addresses;
    LookGaps gaps;
    std::optional<Error> nothingKnown; // why
    bool isAnyKnown = false;
    for (const ReverseLook &look : looks) {
        const QString status = statusOf(look);
        addresses.append(observedOf(look, status));
        if (status == "unknown"_L1) {
            const Error why = whyUnknown(look);
            gaps.add({{{look.subject()}}, why.message});
            nothingKnown = nothingKnown ? nothingKnown : why;
        } else {
            isAnyKnown = true;
        }
        if (auto fault = faultOf(look, status))
            add(judged.findings, std::move(*fault), look);
    }
    if (gap)
        gaps.add(anyBehind({gap->message})); // who knows what else is missing
    gaps.add(leftOut);
    nothingKnown = nothingKnown ? nothingKnown : gap;
    const bool isNothing = !isAnyKnown && nothingKnown;
    if (isNothing)
        judged = couldNotLook(*nothingKnown);
    judged.observed = {{u"addresses"_s, addresses}};
    if (isNothing)
        return judged;
    judged.outcome = outcomeFor(judged.findings);
    judged.summary = summaryOf(judged.findings, gaps);
    leaveOpen(judged, gaps);
    return judged;
}

} // namespace cockpit
