#include "checks/access/enumeration.h"
#include "checks/access/enumerationcompare.h"
#include "checks/access/enumerationwords.h"
#include "checks/actors/requestproof.h"
#include "checks/engine/lookgaps.h"
#include "checks/web/report.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

QJsonObject statesIn(const EnumerationEntry &entry)
{
    QJsonObject states;
    for (const AccountState state : entry.asksStates) {
        const EnumerationComparison seen = comparisonOf(entry, state);
        states.insert(toWord(state), QJsonObject{{u"answers"_s, seen.known},
                                                 {u"differs_in"_s, QJsonArray::fromStringList(seen.differs)}});
    }
    return states;
}

QString codeOf(AccountState state)
{
    return state == AccountState::Locked ? u"tells_locked"_s : u"tells_unverified"_s;
}

// It is answered as other accounts are, which is said of all.
bool isAsOthers(const EnumerationEntry &entry, AccountState state)
{
    const auto answerOf = [&](AccountState one) {
        return std::ranges::find_if(
            entry.samples, [one](const EnumerationSample &sample) { return sample.isKnown && sample.state == one; });
    };
    const auto usual = answerOf(AccountState::Usual);
    const auto special = answerOf(state);
    return usual != entry.samples.end() && special != entry.samples.end() && usual->features == special->features;
}

QJsonObject observedOf(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    QJsonObject row{{u"kind"_s, toWord(entry.kind)}, {u"route"_s, entry.route}};
    if (!entry.made.isEmpty())
        row.insert("made"_L1, QJsonArray::fromStringList(entry.made));
    if (!entry.notTested.isEmpty()) {
        row.insert("not_tested"_L1, entry.notTested);
        return row;
    }
    row.insert("known"_L1, seen.known);
    row.insert("unknown"_L1, seen.unknown);
    row.insert("differs_in"_L1, QJsonArray::fromStringList(seen.differs));
    row.insert("varies_in"_L1, QJsonArray::fromStringList(seen.varies));
    row.insert("time"_L1, QJsonValue());
    if (seen.time)
        row.insert("time"_L1, QJsonObject{{u"pairs"_s, seen.timed},
                                          {u"p"_s, seen.time->p},
                                          {u"shift_ms"_s, seen.time->shift},
                                          {u"low_ms"_s, seen.time->interval.low},
                                          {u"high_ms"_s, seen.time->interval.high},
                                          {u"quick_ms"_s, seen.time->quickShift},
                                          {u"middle_ms"_s, seen.time->middleShift},
                                          {u"noise_ms"_s, seen.time->noise},
                                          {u"different"_s, seen.time->isDifferent},
                                          {u"same"_s, seen.time->isSame}});
    if (!entry.asksStates.empty())
        row.insert("states"_L1, statesIn(entry));
    if (!entry.stopped.isEmpty())
        row.insert("stopped"_L1, entry.stopped);
    return row;
}

class EnumerationVerdict
{
public:
    explicit EnumerationVerdict(const EnumerationLook &look) : m_look(look) {}
    Judged result();

private:
    void judge(const EnumerationEntry &entry, const EnumerationComparison &seen);
    void judgeTime(const EnumerationEntry &entry, const EnumerationComparison &seen);
    void judgeState(const EnumerationEntry &entry, AccountState state, bool tells);
    void add(const EnumerationEntry &entry, const QString &code, Proof proof, const QString &saw,
             const std::optional<EnumerationEntry::Example> &example);
    // code: of the finding that may be there all the same; empty: any about that entry.
    void addGap(const EnumerationEntry &entry, const QString &code, const QString &why);
    // With what stays open, and what the person is to remove, which is no gap.
    Judged said(Judged judged, const QString &toRemove) const;

    const EnumerationLook &m_look;
    std::vector<Finding> m_findings;
    QStringList m_silent; // entries that tell nothing
    LookGaps m_gaps;
    QStringList m_closed; // said where nothing else is
    QStringList m_made;
};

void EnumerationVerdict::add(const EnumerationEntry &entry, const QString &code, Proof proof, const QString &saw,
                             const std::optional<EnumerationEntry::Example> &example)
{
    Finding finding = makeFinding(code, severityOf(entry), proof, Impact::AccountTakeover, titleOf(entry.kind), saw);
    finding.host = entry.host;
    finding.subject = entry.route;
    for (const auto &one : {example, entry.unknown}) {
        if (one)
            finding.evidence.push_back(requestProof(one->first, one->second, {.known = m_look.knownSecrets}));
    }
    finding.effortMinutes = 45;
    m_findings.push_back(std::move(finding));
}

void EnumerationVerdict::addGap(const EnumerationEntry &entry, const QString &code, const QString &why)
{
    m_gaps.add(LookGap{{{.subject = entry.route, .code = code}}, why.trimmed()});
}

void EnumerationVerdict::judge(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    if (entry.isClosed && !entry.notTested.isEmpty()) {
        m_closed.append(entry.notTested);
        return;
    }
    if (!entry.notTested.isEmpty()) {
        addGap(entry, {}, entry.notTested);
        return;
    }
    if (!seen.isEnough()) {
        addGap(entry, {}, Text::tr("%1 gave too few answers to compare. %2").arg(entry.route, entry.stopped));
        return;
    }
    const std::size_t before = m_findings.size();
    const QString byAnswer = entry.kind == EntryKind::Lookup ? u"public_oracle"_s : u"tells_by_answer"_s;
    if (!seen.differs.isEmpty())
        add(entry, byAnswer, Proof::Proven, sawDifference(entry, seen), entry.known);
    // What varies hides what may be in it. Of headers, cookies and addresses the rest tells, where that was compared.
    const bool isNoisy = seen.varies.contains("status"_L1) || seen.varies.contains("body"_L1) ||
                         (!seen.varies.isEmpty() && !seen.comparedParts);
    if (isNoisy)
        addGap(entry, byAnswer,
               Text::tr("%1 answers the same question now so, now so, so that not all of its answers can be compared.")
                   .arg(entry.route));
    // A look-up costs the same work whoever is found, and is asked too few times to tell.
    if (entry.kind != EntryKind::Lookup)
        judgeTime(entry, seen);
    for (const AccountState state : entry.asksStates)
        judgeState(entry, state, !seen.differs.isEmpty());
    if (!isNoisy && before == m_findings.size())
        m_silent.append(entry.route);
}

void EnumerationVerdict::judgeTime(const EnumerationEntry &entry, const EnumerationComparison &seen)
{
    if (!seen.time)
        addGap(entry, u"tells_by_time"_s, timesWereTooFew(entry, seen));
    else if (seen.time->isDifferent)
        add(entry, u"tells_by_time"_s, Proof::Strong, sawTime(entry, seen), entry.known);
    // With all the pairs what is below the bounds is none, unless the bounds themselves are too wide.
    else if (!seen.time->isSame && (seen.timed < kTimedPairs || 3 * seen.time->noise > kSureLeak))
        addGap(entry, u"tells_by_time"_s, timesDidNotTell(entry, seen));
}

// tells: how usual accounts are answered was found to tell already.
void EnumerationVerdict::judgeState(const EnumerationEntry &entry, AccountState state, bool tells)
{
    const EnumerationComparison seen = comparisonOf(entry, state);
    const auto example = entry.states.find(state);
    if (!seen.isEnough()) {
        addGap(entry, codeOf(state),
               Text::tr("%1 gave too few answers for an account of the role \"%2\". %3")
                   .arg(entry.route, toWord(state), entry.stopped));
        return;
    }
    if (!seen.differs.isEmpty() && !(tells && isAsOthers(entry, state)))
        add(entry, codeOf(state), Proof::Proven, sawState(entry, seen, state),
            example == entry.states.end() ? std::nullopt : std::optional(example->second));
    else if (seen.varies.contains("status"_L1) || seen.varies.contains("body"_L1))
        addGap(
            entry, codeOf(state),
            Text::tr("%1 answers now so, now so for an account of the role \"%2\".").arg(entry.route, toWord(state)));
}

Judged EnumerationVerdict::result()
{
    QJsonArray rows;
    for (const EnumerationEntry &entry : m_look.entries) {
        const EnumerationComparison seen = comparisonOf(entry);
        rows.append(observedOf(entry, seen));
        m_made.append(entry.made);
        judge(entry, seen);
    }
    QJsonObject observed{{u"entries"_s, rows}, {u"requests"_s, m_look.requests}};
    // Beside what was left open: new addresses were sent, and nothing here can take an account back.
    const QString toRemove = m_made.isEmpty() ? QString()
                                              : Text::tr("Remove the accounts and invitations that may have been made "
                                                         "for these addresses of the test: %1.")
                                                    .arg(m_made.join(u", "_s));
    if (m_findings.empty() && m_silent.isEmpty()) {
        m_gaps.say(m_closed);
        if (!m_gaps.isSaid())
            m_gaps.say(Text::tr("No login, sign-up, reset or invitation to ask."));
        Judged judged = notRun({});
        judged.observed = observed;
        return said(std::move(judged), toRemove);
    }
    Judged judged =
        concluded(std::move(m_findings), Text::tr("%1 answer for accounts as for others").arg(m_silent.join(u", "_s)),
                  observed, {});
    return said(std::move(judged), toRemove);
}

Judged EnumerationVerdict::said(Judged judged, const QString &toRemove) const
{
    leaveOpen(judged, m_gaps);
    judged.reason = QString(judged.reason + u' ' + toRemove).trimmed();
    return judged;
}

} // namespace

Judged judgeEnumeration(const EnumerationLook &look)
{
    return EnumerationVerdict(look).result();
}

} // namespace cockpit
