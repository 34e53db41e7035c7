#include "checks/access/resetlink.h"

#include "checks/access/mailedlinks.h"
#include "checks/actors/casetally.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ResetLink)
};

QJsonObject observedOf(const ResetLook &look)
{
    QJsonObject links = linkFacts(look.given, look.strength);
    links.insert("hosts"_L1, QJsonArray::fromStringList(look.linkHosts));
    const QString session = !look.sessionLives ? u"not_tried"_s : (*look.sessionLives ? u"lives"_s : u"ended"_s);
    QJsonObject observed{{u"account"_s, look.account},
                         {u"letters"_s, look.letters},
                         {u"links"_s, links},
                         {u"used"_s, QJsonObject{{u"invented"_s, toWord(look.invented)},
                                                 {u"first"_s, toWord(look.first)},
                                                 {u"again"_s, toWord(look.again)},
                                                 {u"old"_s, toWord(look.old)},
                                                 {u"session"_s, session},
                                                 {u"sure"_s, look.isSure || look.isOldSure}}},
                         {u"requests"_s, look.requests}};
    if (!look.notTold.isEmpty())
        observed.insert("not_told"_L1, look.notTold);
    return observed;
}

class ResetVerdict
{
public:
    explicit ResetVerdict(const ResetLook &look) : m_look(look), m_findings(look.host, look.known, 45) {}
    Judged result();

private:
    void judgeToken();
    void judgeUse();
    QStringList summary() const;
    // The second of two letters is the one that may lead astray.
    bool hasSecond() const { return m_look.given.contains("reset_link_2"_L1); }
    std::vector<LinkQuestion> questions() const;
    QStringList whatIsUntried() const;
    LookGaps gaps() const;

    const ResetLook &m_look;
    LinkFindings m_findings;
};

// The share of codes beside that of links.
void addTo(CaseTally &tally, CodeVerdict code)
{
    std::ranges::move(code.findings, std::back_inserter(tally.findings));
    tally.gaps.add(code.gaps);
    tally.told += code.isTold ? 1 : 0;
}

void ResetVerdict::judgeToken()
{
    if (m_look.foreignHosts.contains(poisonHost()))
        m_findings.add(
            u"reset_host_poisoned"_s, Severity::High, Proof::Proven,
            Text::tr("A stranger chooses where your reset links lead"),
            Text::tr("A reset letter was asked for with the host %1 in the headers of the request, and the link in the "
                     "letter leads there. Who opens such a link hands the account to whoever asked for it.")
                .arg(poisonHost()));
    m_findings.addToken(m_look.strength, {.guessableCode = u"guessable_token"_s,
                                          .guessableTitle = Text::tr("Reset links can be guessed"),
                                          .shortCode = u"short_token"_s,
                                          .shortTitle = Text::tr("The token of the reset link is short")});
}

void ResetVerdict::judgeUse()
{
    if (m_look.again == LinkUse::Accepted)
        m_findings.add(
            u"reset_reusable"_s, Severity::High, m_look.isSure ? Proof::Strong : Proof::Lead,
            Text::tr("A reset link works more than once"),
            Text::tr("%1 accepted the same link twice, while it refuses a link that was made up. Wanted: refused the "
                     "second time.")
                .arg(m_look.route),
            {m_look.firstUse, m_look.secondUse});
    if (m_look.old == LinkUse::Accepted)
        m_findings.add(u"reset_never_expires"_s, Severity::High, m_look.isOldSure ? Proof::Strong : Proof::Lead,
                       Text::tr("Old reset links still work"),
                       Text::tr("%1 accepted a link that you say is a day old or older. Wanted: at most an hour.")
                           .arg(m_look.route),
                       {m_look.oldUse});
    if (m_look.sessionLives.value_or(false) && m_look.first == LinkUse::Accepted && m_look.isSure)
        m_findings.add(
            u"reset_keeps_sessions"_s, Severity::Medium, Proof::Proven,
            Text::tr("Who was signed in stays in after a new password"),
            Text::tr("A session of %1 from before the reset was still answered as signed in after it. Who broke in "
                     "stays in.")
                .arg(m_look.account),
            {m_look.afterwards});
}

QStringList ResetVerdict::summary() const
{
    QStringList seen;
    if (m_look.again == LinkUse::Refused)
        seen.append(Text::tr("a used link is refused"));
    if (m_look.old == LinkUse::Refused)
        seen.append(Text::tr("an old link is refused"));
    if (m_look.sessionLives && !*m_look.sessionLives)
        seen.append(Text::tr("sessions from before end"));
    if (m_look.strength)
        seen.append(Text::tr("the token has about %1 bits").arg(static_cast<int>(m_look.strength->bits)));
    return seen;
}

// What its links were to tell, each in words that go on a sentence. Of the host a second letter tells, of sessions the
// account's own page: there is nothing in between.
std::vector<LinkQuestion> ResetVerdict::questions() const
{
    const auto seen = [](bool isSeen) { return isSeen ? LinkUse::Refused : LinkUse::NotTried; };
    return {{seen(hasSecond()), u"reset_host_poisoned"_s, Text::tr("whether a stranger chooses where links lead")},
            {m_look.again, u"reset_reusable"_s, Text::tr("whether a link works twice")},
            {m_look.old, u"reset_never_expires"_s, Text::tr("whether an old link still works")},
            {seen(m_look.sessionLives.has_value()), u"reset_keeps_sessions"_s,
             Text::tr("whether sessions of before a new password end")}};
}

// And what is to be handed in for it.
QStringList ResetVerdict::whatIsUntried() const
{
    const QString untried = wordsOf(questions(), LinkUse::NotTried);
    if (untried.isEmpty())
        return {};
    QStringList sentences{Text::tr("Not tried: %1.").arg(untried)};
    if (m_look.again == LinkUse::NotTried)
        sentences.append(Text::tr("Hand in the links of two fresh letters."));
    else if (!hasSecond())
        sentences.append(Text::tr("Hand in the link of the second letter as well."));
    if (m_look.old == LinkUse::NotTried)
        sentences.append(Text::tr("Hand in a link of a day ago or earlier that nobody opened as well."));
    if (m_look.again != LinkUse::NotTried && !m_look.sessionLives)
        sentences.append(
            Text::tr("Of sessions an address tells that says who is signed in: set it under Test accounts."));
    return sentences;
}

LookGaps ResetVerdict::gaps() const
{
    LookGaps gaps;
    gaps.say(m_look.notTold);
    const QString unclear = wordsOf(questions(), LinkUse::Unclear);
    if (m_look.notTold.isEmpty() && !unclear.isEmpty())
        gaps.say(Text::tr("%1 answers a link neither as a good one nor as one that was made up, so that it is not "
                          "known: %2.")
                     .arg(m_look.route, unclear));
    if (isTold(m_look.again) || isTold(m_look.old)) // else it is said why nothing did, or letters hold codes
        gaps.say(whatIsUntried());
    if (!m_look.strength)
        gaps.hideCodes({u"guessable_token"_s, u"short_token"_s});
    for (const LinkQuestion &one : questions()) {
        if (!isTold(one.use))
            gaps.hideCodes({one.code});
    }
    return gaps;
}

Judged ResetVerdict::result()
{
    judgeToken();
    judgeUse();
    CaseTally tally{.findings = m_findings.take(), .gaps = gaps()};
    tally.told = m_look.again == LinkUse::Refused || m_look.old == LinkUse::Refused ? 1 : 0;
    QJsonObject observed = observedOf(m_look);
    QStringList seen = summary();
    if (m_look.code) {
        CodeVerdict code = judgeCode(*m_look.code, m_look.known);
        observed.insert("code"_L1, code.observed);
        if (!code.seen.isEmpty())
            seen.append(code.seen);
        addTo(tally, std::move(code));
    }
    return judgedFrom(std::move(tally), seen.join(u", "_s), std::move(observed));
}

} // namespace

Judged judgeResetLink(const ResetLook &look)
{
    return ResetVerdict(look).result();
}

} // namespace cockpit
