#include "checks/dns/driftspf.h"

#include "checks/dns/driftsets.h"
#include "checks/mail/spfrecord.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Drift)
};

// What a record says about servers that it does not name.
enum class Strictness { Welcomes, SaysNothing, Distrusts, Refuses };

struct Rules
{
    QStringList senders; // in one form: "a" and "+a" let the same servers send
    Strictness others = Strictness::SaysNothing;
};

Strictness strictnessOf(const SpfRecord &record)
{
    const SpfTerm *all = record.all();
    switch (all ? all->qualifier : SpfQualifier::Neutral) {
    case SpfQualifier::Pass:
        return Strictness::Welcomes;
    case SpfQualifier::Neutral:
        return Strictness::SaysNothing;
    case SpfQualifier::SoftFail:
        return Strictness::Distrusts;
    case SpfQualifier::Fail:
        return Strictness::Refuses;
    }
    Q_UNREACHABLE();
}

QString plainForm(const SpfTerm &term)
{
    const QString text = term.text.toLower();
    return text.startsWith(u'+') ? text.mid(1) : text;
}

// None: not exactly one record, or one with a mistake, which receivers treat as an error (RFC 7208 section 4.5, 4.6).
std::optional<Rules> rulesOf(const QStringList &records)
{
    const auto record = records.size() == 1 ? parseSpf(records.front().toLatin1()) : tl::unexpected(SpfSyntaxError{});
    if (!record)
        return std::nullopt;
    Rules rules;
    for (const SpfTerm &term : record->reachableTerms()) {
        if (term.mechanism != SpfMechanism::All && term.qualifier == SpfQualifier::Pass)
            rules.senders << plainForm(term);
    }
    if (const QString redirect = record->reachableRedirect(); !redirect.isEmpty())
        rules.senders << u"redirect="_s + redirect.toLower();
    rules.others = strictnessOf(*record);
    return rules;
}

bool hasOthers(const QStringList &list, const QStringList &than)
{
    return std::ranges::any_of(list, [&](const QString &value) { return !than.contains(value); });
}

// Where no rules held before: rules that let nobody send at all.
std::optional<Severity> firstRefusals(const Rules &after)
{
    const bool isForNobody = after.senders.isEmpty() && after.others == Strictness::Refuses;
    return isForNobody ? std::optional(Severity::High) : std::nullopt;
}

// The same for rules that let everybody send.
std::optional<Severity> firstForgeries(const Rules &after)
{
    return after.others == Strictness::Welcomes ? std::optional(Severity::High) : std::nullopt;
}

// How much own mail may be refused that was not before.
std::optional<Severity> refusals(const Rules &before, const Rules &after)
{
    if (after.others == Strictness::Welcomes)
        return std::nullopt; // everybody may send, whoever is named
    // Own mail that passed is refused to the last one, whether it came from a sender by name or was let through.
    const bool letAnybodySend = before.others != Strictness::Refuses || !before.senders.isEmpty();
    if (firstRefusals(after) && letAnybodySend)
        return Severity::High;
    if (hasOthers(before.senders, after.senders))
        return Severity::Medium;
    return after.others > before.others ? std::optional(Severity::Low) : std::nullopt;
}

// How much forged mail may pass that did not before.
std::optional<Severity> forgeries(const Rules &before, const Rules &after)
{
    if (before.others == Strictness::Welcomes)
        return std::nullopt; // everybody could send
    if (after.others < before.others)
        return after.others == Strictness::Welcomes ? Severity::High : Severity::Medium;
    return hasOthers(after.senders, before.senders) ? std::optional(Severity::Medium) : std::nullopt;
}

Finding refused(Severity severity, const DriftChange &change)
{
    return driftFinding(u"mail_may_be_refused"_s, severity, Proof::Strong, Impact::EmailDelivery,
                        Text::tr("Mail from you may be refused"), change);
}

Finding forged(Severity severity, const DriftChange &change)
{
    return driftFinding(u"forged_mail_passes"_s, severity, Proof::Strong, Impact::EmailDelivery,
                        Text::tr("Forged mail in your name may pass"), change);
}

Finding onlyChanged(const DriftChange &change)
{
    return driftFinding(u"sender_rules_changed"_s, Severity::Low, Proof::Proven, Impact::EmailDelivery,
                        Text::tr("The rules on who may send for you have changed"), change);
}

} // namespace

std::vector<Finding> spfDriftFindings(const DriftChange &change)
{
    if (!areWhole(change.before.values) || !areWhole(change.after))
        return {onlyChanged(change)};
    const auto after = rulesOf(change.after);
    if (!after)
        return {refused(Severity::High, change)};
    const auto before = rulesOf(change.before.values);
    std::vector<Finding> findings;
    if (const auto severity = before ? refusals(*before, *after) : firstRefusals(*after))
        findings.push_back(refused(*severity, change));
    if (const auto severity = before ? forgeries(*before, *after) : firstForgeries(*after))
        findings.push_back(forged(*severity, change));
    if (findings.empty())
        findings.push_back(onlyChanged(change));
    return findings;
}

} // namespace cockpit
