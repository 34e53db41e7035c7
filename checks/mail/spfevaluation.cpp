#include "checks/mail/spfevaluation.h"

#include "checks/mail/spfmacro.h"
#include "checks/mail/spfmatch.h"
#include "checks/mail/spftree.h"
#include "checks/net/dnsname.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SpfEvaluation)
};

QHostAddress unmapped(const QHostAddress &address)
{
    bool isV4 = false;
    const quint32 v4 = address.toIPv4Address(&isV4); // also for ::ffff:192.0.2.1 (section 5)
    return isV4 ? QHostAddress(v4) : address;
}

SpfResult resultOf(SpfQualifier qualifier)
{
    switch (qualifier) {
    case SpfQualifier::Pass:
        return SpfResult::Pass;
    case SpfQualifier::Fail:
        return SpfResult::Fail;
    case SpfQualifier::SoftFail:
        return SpfResult::SoftFail;
    case SpfQualifier::Neutral:
        return SpfResult::Neutral;
    }
    Q_UNREACHABLE();
}

// Section 4.3: a name of several labels, each of 1 to 63 bytes. An address literal is none.
bool canHaveRecord(const QString &domain)
{
    return domain.contains(u'.') && !domain.startsWith(u'[') && normaliseDnsName(domain).has_value();
}

// Section 4.3: international domains are asked for, and stand in macros, by their A-labels. A closing dot is the root.
QString plainDomain(QString domain)
{
    if (domain.endsWith(u'.'))
        domain.chop(1);
    const bool isAscii = std::ranges::all_of(domain, [](QChar c) { return c.unicode() < 0x80; });
    return isAscii ? domain : normaliseDnsName(domain).value_or(domain);
}

SpfMacroValues macroValuesFor(const SpfSender &sender, const QString &receiver, const QDateTime &now)
{
    const QString identity = sender.mailFrom.isEmpty() ? sender.helo : sender.mailFrom;
    const qsizetype at = identity.lastIndexOf(u'@');
    SpfMacroValues values;
    values.localPart = at > 0 ? identity.left(at) : u"postmaster"_s;
    values.senderDomain = plainDomain(identity.mid(at + 1));
    values.domain = values.senderDomain;
    values.client = unmapped(sender.client);
    values.helo = sender.helo;
    values.receiver = receiver.isEmpty() ? u"unknown"_s : receiver;
    values.secondsSinceEpoch = now.toSecsSinceEpoch();
    return values;
}

class Evaluation
{
public:
    Evaluation(SpfMacroValues values, Observations &seen)
        : m_values(std::move(values)), m_matcher(seen, m_values.client), m_seen(seen)
    {
    }

    SpfEvaluation run()
    {
        const QString domain = m_values.senderDomain;
        m_outcome.result = checkHost(domain, Level::Own);
        m_outcome.lookups = m_matcher.lookups();
        m_outcome.voidLookups = m_matcher.voidLookups();
        if (m_outcome.result == SpfResult::Fail)
            m_outcome.explanation = explanation();
        return m_outcome;
    }

private:
    // An included record decides nothing itself: neither its mechanism nor its explanation is the answer.
    enum class Level { Own, Included };

    SpfResult fault(SpfResult result, const QString &problem)
    {
        if (m_outcome.problem.isEmpty())
            m_outcome.problem = problem;
        return result;
    }

    SpfResult checkHost(const QString &domain, Level level);
    SpfResult evaluate(const SpfRecord &record, const QString &domain, Level level);
    SpfResult followRedirect(const SpfRecord &record, const QString &domain, Level level);
    SpfMatch matches(const SpfTerm &term, const QString &domain);
    SpfMatch includes(const QString &target);
    SpfMacroValues valuesAt(const QString &domain) const;
    QString explanation();

    const SpfMacroValues m_values;
    SpfMatcher m_matcher;
    Observations &m_seen;
    SpfEvaluation m_outcome;
    QString m_explanationSpec; // of the record that failed the sender
};

SpfMacroValues Evaluation::valuesAt(const QString &domain) const
{
    SpfMacroValues values = m_values;
    values.domain = domain;
    values.validatedName = [this, domain] { return validatedClientName(m_values.client, domain, m_seen); };
    return values;
}

// Sections 4.3 to 4.6.
SpfResult Evaluation::checkHost(const QString &domain, Level level)
{
    if (!canHaveRecord(domain))
        return SpfResult::None;
    const auto answer = m_seen.ask(DnsLookup{.name = domain, .type = RrType::Txt});
    if (!*answer)
        return fault(SpfResult::TempError, answer->error().message);
    const SpfNode node = readSpfNode(domain, {}, **answer);
    switch (node.fault) {
    case SpfFault::Nothing:
        return evaluate(*node.parsed, domain, level);
    case SpfFault::Missing:
        return SpfResult::None;
    case SpfFault::MultipleRecords:
        return fault(SpfResult::PermError, Text::tr("%1 has more than one SPF record.").arg(domain));
    case SpfFault::SyntaxError:
        return fault(SpfResult::PermError,
                     Text::tr("The SPF record of %1 has an error at character %2: %3")
                         .arg(domain, QString::number(node.syntaxError->position + 1), node.syntaxError->message));
    case SpfFault::DnsFailure:
        return fault(SpfResult::TempError, Text::tr("The name servers of %1 answered with an error.").arg(domain));
    case SpfFault::Loop:
        break; // found by those who walk the tree; here a loop ends at the limit of look-ups
    }
    Q_UNREACHABLE();
}

SpfResult Evaluation::evaluate(const SpfRecord &record, const QString &domain, Level level)
{
    for (const SpfTerm &term : record.terms) {
        switch (matches(term, domain)) {
        case SpfMatch::No:
            continue;
        case SpfMatch::Yes:
            if (level == Level::Own) {
                m_outcome.mechanism = term.text;
                m_outcome.domain = domain;
                m_explanationSpec = record.explanation;
            }
            return resultOf(term.qualifier);
        case SpfMatch::TempError:
            return fault(SpfResult::TempError, Text::tr("\"%1\" of %2 could not be looked up.").arg(term.text, domain));
        case SpfMatch::PermError:
            return fault(SpfResult::PermError, Text::tr("\"%1\" of %2 cannot be evaluated.").arg(term.text, domain));
        case SpfMatch::OverLimit:
            return fault(SpfResult::PermError, m_matcher.limitPassed());
        }
    }
    // Section 6.1: reached only without "all", for that always matches.
    return record.redirect.isEmpty() ? SpfResult::Neutral : followRedirect(record, domain, level);
}

SpfResult Evaluation::followRedirect(const SpfRecord &record, const QString &domain, Level level)
{
    if (!m_matcher.countLookup())
        return fault(SpfResult::PermError, m_matcher.limitPassed());
    const QString target = expandDomainSpec(record.redirect, valuesAt(domain));
    const SpfResult result = checkHost(target, level);
    return result != SpfResult::None
               ? result
               : fault(SpfResult::PermError,
                       Text::tr("%1 redirects to %2, which has no SPF record.").arg(domain, target));
}

SpfMatch Evaluation::matches(const SpfTerm &term, const QString &domain)
{
    if (term.costsLookup() && !m_matcher.countLookup())
        return SpfMatch::OverLimit;
    const QString target = term.domain.isEmpty() ? domain : expandDomainSpec(term.domain, valuesAt(domain));
    return term.mechanism == SpfMechanism::Include ? includes(target) : m_matcher.match(term, target);
}

// The table of section 5.2.
SpfMatch Evaluation::includes(const QString &target)
{
    switch (checkHost(target, Level::Included)) {
    case SpfResult::Pass:
        return SpfMatch::Yes;
    case SpfResult::Fail:
    case SpfResult::SoftFail:
    case SpfResult::Neutral:
        return SpfMatch::No;
    case SpfResult::TempError:
        return SpfMatch::TempError;
    case SpfResult::PermError:
        return SpfMatch::PermError;
    case SpfResult::None:
        fault(SpfResult::PermError, Text::tr("%1 is included but has no SPF record.").arg(target));
        return SpfMatch::PermError;
    }
    Q_UNREACHABLE();
}

// Section 6.2: whatever is wrong with it, the explanation is left out and the result stands.
QString Evaluation::explanation()
{
    if (m_explanationSpec.isEmpty())
        return {};
    const QString name = expandDomainSpec(m_explanationSpec, valuesAt(m_outcome.domain));
    const auto answer = m_seen.ask(DnsLookup{.name = name, .type = RrType::Txt});
    const auto records = *answer ? (*answer)->records(RrType::Txt) : std::vector<DnsRecord>();
    if (records.size() != 1)
        return {};
    const auto pieces = readMacroString(QString::fromLatin1(records.front().text), SpfMacroUse::Explanation);
    return pieces ? expandMacros(*pieces, valuesAt(m_outcome.domain)) : QString();
}

} // namespace

QString toWord(SpfResult result)
{
    switch (result) {
    case SpfResult::None:
        return u"none"_s;
    case SpfResult::Neutral:
        return u"neutral"_s;
    case SpfResult::Pass:
        return u"pass"_s;
    case SpfResult::Fail:
        return u"fail"_s;
    case SpfResult::SoftFail:
        return u"softfail"_s;
    case SpfResult::TempError:
        return u"temperror"_s;
    case SpfResult::PermError:
        return u"permerror"_s;
    }
    Q_UNREACHABLE();
}

SpfEvaluation evaluateSpf(const SpfSender &sender, const QString &receiver, const QDateTime &now, Observations &seen)
{
    return Evaluation(macroValuesFor(sender, receiver, now), seen).run();
}

} // namespace cockpit
