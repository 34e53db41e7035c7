#include "checks/access/enumeration.h"
#include "checks/access/timedifference.h"
#include "checks/actors/requestproof.h"
#include "checks/web/report.h"
#include "models/unseen.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Enumeration)
};

struct FeatureOf
{
    const char *word;
    QString (*text)(const AnswerFeatures &);
};

const std::vector<FeatureOf> &allFeatures()
{
    static const std::vector<FeatureOf> all{
        {"status", [](const AnswerFeatures &features) { return QString::number(features.status); }},
        {"location", [](const AnswerFeatures &features) { return features.location; }},
        {"cookies", [](const AnswerFeatures &features) { return features.cookies; }},
        {"headers", [](const AnswerFeatures &features) { return features.headers; }},
        {"body", [](const AnswerFeatures &features) { return features.body; }},
    };
    return all;
}

struct Comparison
{
    QStringList differs; // the same in each group, and not between them
    QStringList varies;  // from answer to answer: noise
    int known = 0;
    int unknown = 0;
    std::optional<TimeDifference> time;

    bool isEnough() const { return known >= kFewestKnown && unknown >= kFewestUnknown; }
};

Comparison comparisonOf(const EnumerationEntry &entry)
{
    Comparison result;
    std::vector<double> knownTimes;
    std::vector<double> unknownTimes;
    for (const EnumerationSample &sample : entry.samples) {
        ++(sample.isKnown ? result.known : result.unknown);
        (sample.isKnown ? knownTimes : unknownTimes).push_back(sample.milliseconds);
    }
    if (!result.isEnough())
        return result;
    for (const FeatureOf &feature : allFeatures()) {
        QStringList known;
        QStringList unknown;
        for (const EnumerationSample &sample : entry.samples)
            (sample.isKnown ? known : unknown).append(feature.text(sample.features));
        known.removeDuplicates();
        unknown.removeDuplicates();
        const QString word = QString::fromLatin1(feature.word);
        if (known.size() > 1 || unknown.size() > 1)
            result.varies.append(word);
        else if (known != unknown)
            result.differs.append(word);
    }
    if (result.known >= kFewestTimes && result.unknown >= kFewestTimes)
        result.time = timeDifferenceOf(unknownTimes, knownTimes);
    return result;
}

QJsonObject observedOf(const EnumerationEntry &entry, const Comparison &seen)
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
        row.insert("time"_L1, QJsonObject{{u"p"_s, seen.time->p},
                                          {u"shift_ms"_s, seen.time->shift},
                                          {u"low_ms"_s, seen.time->interval.low},
                                          {u"high_ms"_s, seen.time->interval.high},
                                          {u"noise_ms"_s, seen.time->noise},
                                          {u"different"_s, seen.time->isDifferent}});
    if (!entry.stopped.isEmpty())
        row.insert("stopped"_L1, entry.stopped);
    return row;
}

QString titleOf(EntryKind kind)
{
    switch (kind) {
    case EntryKind::SignUp:
        return Text::tr("Sign-up tells who has an account");
    case EntryKind::Forgot:
        return Text::tr("Asking for a reset link tells who has an account");
    case EntryKind::MagicLink:
        return Text::tr("Asking for a link to sign in tells who has an account");
    case EntryKind::Discovery:
        return Text::tr("The question how somebody signs in tells who has an account");
    case EntryKind::Lookup:
        return Text::tr("Anybody can look up who has an account");
    case EntryKind::Invite:
        return Text::tr("Inviting somebody tells who has an account");
    default:
        return Text::tr("The login tells who has an account");
    }
}

// At sign-up many products choose to say so, an invitation is seen by administrators alone, and profiles with a name
// may be there to be seen.
Severity severityOf(const EnumerationEntry &entry)
{
    const bool isSmall = entry.kind == EntryKind::Invite || entry.kind == EntryKind::SignUp || !entry.byMail;
    return isSmall ? Severity::Low : Severity::Medium;
}

QString partsOf(const QStringList &words)
{
    QStringList parts;
    for (const QString &word : words) {
        if (word == "status"_L1)
            parts.append(Text::tr("the status"));
        else if (word == "location"_L1)
            parts.append(Text::tr("where it leads"));
        else if (word == "cookies"_L1)
            parts.append(Text::tr("the cookies"));
        else if (word == "headers"_L1)
            parts.append(Text::tr("the headers"));
        else
            parts.append(Text::tr("the text"));
    }
    return parts.join(u", "_s);
}

int statusFor(const EnumerationEntry &entry, bool isKnown)
{
    const auto it = std::ranges::find(entry.samples, isKnown, &EnumerationSample::isKnown);
    return it == entry.samples.end() ? 0 : it->features.status;
}

QString milliseconds(double value)
{
    return QLocale().toString(value, 'f', 0);
}

QString sawDifference(const EnumerationEntry &entry, const Comparison &seen)
{
    if (entry.kind == EntryKind::Lookup)
        return Text::tr("%1, asked by somebody who has not signed in, answers differently for who has an account: %2 "
                        "(status %3 for the account, %4 for others). It was the same in all of %5 answers for the "
                        "account and %6 for others.")
            .arg(entry.route, partsOf(seen.differs))
            .arg(statusFor(entry, true))
            .arg(statusFor(entry, false))
            .arg(seen.known)
            .arg(seen.unknown);
    return Text::tr("%1 answers differently for addresses that have an account: %2. It was the same in all of %3 "
                    "answers for accounts and %4 for others.")
        .arg(entry.route, partsOf(seen.differs))
        .arg(seen.known)
        .arg(seen.unknown);
}

class EnumerationVerdict
{
public:
    explicit EnumerationVerdict(const EnumerationLook &look) : m_look(look) {}
    Judged result();

private:
    void judge(const EnumerationEntry &entry, const Comparison &seen);
    void add(const EnumerationEntry &entry, const QString &code, Proof proof, const QString &saw);
    // code: of the finding that may be there all the same; empty: any about that entry.
    void leaveOpen(const EnumerationEntry &entry, const QString &code, const QString &why);

    const EnumerationLook &m_look;
    std::vector<Finding> m_findings;
    QStringList m_silent; // entries that tell nothing
    QStringList m_open;
    std::vector<Unseen> m_unseen; // the findings that this may hide
    QStringList m_closed;         // said where nothing else is
    QStringList m_made;
};

void EnumerationVerdict::add(const EnumerationEntry &entry, const QString &code, Proof proof, const QString &saw)
{
    Finding finding = makeFinding(code, severityOf(entry), proof, Impact::AccountTakeover, titleOf(entry.kind), saw);
    finding.host = entry.host;
    finding.subject = entry.route;
    for (const auto &one : {entry.known, entry.unknown}) {
        if (one)
            finding.evidence.push_back(requestProof(one->first, one->second, {.known = m_look.knownSecrets}));
    }
    finding.effortMinutes = 45;
    m_findings.push_back(std::move(finding));
}

void EnumerationVerdict::leaveOpen(const EnumerationEntry &entry, const QString &code, const QString &why)
{
    m_open.append(why.trimmed());
    m_unseen.push_back({.subject = entry.route, .code = code});
}

void EnumerationVerdict::judge(const EnumerationEntry &entry, const Comparison &seen)
{
    if (entry.isClosed && !entry.notTested.isEmpty()) {
        m_closed.append(entry.notTested);
        return;
    }
    if (!entry.notTested.isEmpty()) {
        leaveOpen(entry, {}, entry.notTested);
        return;
    }
    if (!seen.isEnough()) {
        leaveOpen(entry, {}, Text::tr("%1 gave too few answers to compare. %2").arg(entry.route, entry.stopped));
        return;
    }
    const QString byAnswer = entry.kind == EntryKind::Lookup ? u"public_oracle"_s : u"tells_by_answer"_s;
    if (!seen.differs.isEmpty())
        add(entry, byAnswer, Proof::Proven, sawDifference(entry, seen));
    const bool differsInTime = seen.time && seen.time->isDifferent;
    if (differsInTime)
        add(entry, u"tells_by_time"_s, Proof::Strong,
            Text::tr("%1 takes %2 ms %3 for addresses that have an account (95 percent: %4 to %5 ms; %6 and %7 "
                     "answers; by itself it varies by %8 ms).")
                .arg(entry.route, milliseconds(std::abs(seen.time->shift)),
                     seen.time->shift > 0 ? Text::tr("longer") : Text::tr("less"),
                     milliseconds(seen.time->interval.low), milliseconds(seen.time->interval.high))
                .arg(seen.known)
                .arg(seen.unknown)
                .arg(milliseconds(seen.time->noise)));
    const bool isNoisy = seen.varies.contains("status"_L1) || seen.varies.contains("body"_L1);
    if (isNoisy)
        leaveOpen(entry, byAnswer,
                  Text::tr("%1 answers the same question now so, now so, so that its answers cannot be compared.")
                      .arg(entry.route));
    // A look-up costs the same work whoever is found, and is asked too few times to tell.
    if (!seen.time && entry.kind != EntryKind::Lookup)
        leaveOpen(entry, u"tells_by_time"_s,
                  Text::tr("How long %1 takes could not be compared: it needs %2 answers of each kind. %3")
                      .arg(entry.route)
                      .arg(kFewestTimes)
                      .arg(entry.stopped)
                      .trimmed());
    if (seen.differs.isEmpty() && !differsInTime && !isNoisy)
        m_silent.append(entry.route);
}

Judged EnumerationVerdict::result()
{
    QJsonArray rows;
    for (const EnumerationEntry &entry : m_look.entries) {
        const Comparison seen = comparisonOf(entry);
        rows.append(observedOf(entry, seen));
        m_made.append(entry.made);
        judge(entry, seen);
    }
    QJsonObject observed{{u"entries"_s, rows}, {u"requests"_s, m_look.requests}};
    noteUnseen(m_unseen, observed);
    // Beside what was left open: new addresses were sent, and nothing here can take an account back.
    const QString toRemove = m_made.isEmpty() ? QString()
                                              : Text::tr("Remove the accounts and invitations that may have been made "
                                                         "for these addresses of the test: %1.")
                                                    .arg(m_made.join(u", "_s));
    if (m_findings.empty() && m_silent.isEmpty()) {
        m_open.append(m_closed);
        if (m_open.isEmpty())
            m_open.append(Text::tr("No login, sign-up, reset or invitation to ask."));
        Judged judged = notRun((m_open + QStringList{toRemove}).join(u' ').trimmed());
        judged.observed = observed;
        return judged;
    }
    Judged judged =
        concluded(std::move(m_findings), Text::tr("%1 answer for accounts as for others").arg(m_silent.join(u", "_s)),
                  observed, {});
    if (judged.outcome == Outcome::Pass && !m_open.isEmpty())
        judged.outcome = Outcome::Info;
    judged.reason = (m_open + QStringList{toRemove}).join(u' ').trimmed();
    return judged;
}

} // namespace

Judged judgeEnumeration(const EnumerationLook &look)
{
    return EnumerationVerdict(look).result();
}

} // namespace cockpit
