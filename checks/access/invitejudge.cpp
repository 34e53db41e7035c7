#include "checks/access/invite.h"
#include "checks/actors/casetally.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Invite)
};

QJsonObject observedOf(const InviteLook &look)
{
    QJsonObject observed{{u"invited"_s, look.invited},
                         {u"links"_s, linkFacts(look.given, look.strength)},
                         {u"used"_s, QJsonObject{{u"invented"_s, toWord(look.invented)},
                                                 {u"other_address"_s, toWord(look.otherAddress)},
                                                 {u"higher_role"_s, toWord(look.higherRole)},
                                                 {u"first"_s, toWord(look.first)},
                                                 {u"again"_s, toWord(look.again)},
                                                 {u"still_live"_s, look.isStillLive},
                                                 {u"old"_s, toWord(look.old)}}},
                         {u"made"_s, QJsonArray::fromStringList(look.made)},
                         {u"requests"_s, look.requests}};
    if (!look.notTold.isEmpty())
        observed.insert("not_told"_L1, look.notTold);
    return observed;
}

class InviteVerdict
{
public:
    explicit InviteVerdict(const InviteLook &look) : m_look(look), m_findings(look.host, look.known, 60) {}
    Judged result();

private:
    void judgeOthers();
    void judgeUse();
    QString summary() const;
    std::vector<LinkQuestion> questions() const;
    QString whatIsUntried() const;
    LookGaps gaps() const;

    const InviteLook &m_look;
    LinkFindings m_findings;
};

void InviteVerdict::judgeOthers()
{
    if (m_look.otherAddress == LinkUse::Accepted)
        m_findings.add(
            u"invite_any_email"_s, Severity::Medium, m_look.isSure ? Proof::Strong : Proof::Lead,
            Text::tr("An invitation works for whoever has the link"),
            Text::tr("%1 accepted an invitation for %2 with another address of mail, while it refuses a link that was "
                     "made up. Wanted: the invited address alone.")
                .arg(m_look.route, m_look.invited),
            {m_look.otherUse});
    if (m_look.higherRole == LinkUse::Accepted && m_look.becameAdmin)
        m_findings.add(
            u"invite_role_editable"_s, Severity::High, Proof::Proven, Text::tr("Invited people choose their own role"),
            Text::tr("%1 accepted an invitation with \"role\": \"admin\" in the request, and its answer says that the "
                     "new account is an administrator. The invitation was for a lower role.")
                .arg(m_look.route),
            {m_look.roleUse});
}

void InviteVerdict::judgeUse()
{
    if (m_look.again == LinkUse::Accepted)
        m_findings.add(u"invite_reusable"_s, Severity::Medium, m_look.isSure ? Proof::Strong : Proof::Lead,
                       Text::tr("An invitation works more than once"),
                       Text::tr("%1 accepted the same invitation twice, while it refuses a link that was made up.")
                           .arg(m_look.route),
                       {m_look.firstUse, m_look.secondUse});
    else if (m_look.isStillLive)
        m_findings.add(
            u"invite_reusable"_s, Severity::Medium, Proof::Lead, Text::tr("A used invitation seems to be still good"),
            Text::tr("After it was accepted, %1 answers the invitation as before (status %2), and not as one that does "
                     "not exist. Look whether a used invitation is refused.")
                .arg(m_look.route, QString::number(m_look.liveUse ? m_look.liveUse->answer.status : 0)),
            {m_look.otherUse, m_look.liveUse});
    if (m_look.old == LinkUse::Accepted)
        m_findings.add(
            u"invite_never_expires"_s, Severity::Medium, m_look.isOldSure ? Proof::Strong : Proof::Lead,
            Text::tr("Old invitations still work"),
            Text::tr("%1 accepted an invitation that you say is a month old or older. Wanted: at most a week.")
                .arg(m_look.route),
            {m_look.oldUse});
}

QString InviteVerdict::summary() const
{
    QStringList seen;
    if (m_look.otherAddress == LinkUse::Refused)
        seen.append(Text::tr("another address of mail is refused"));
    if (m_look.higherRole == LinkUse::Refused || (m_look.higherRole == LinkUse::Accepted && !m_look.becameAdmin))
        seen.append(Text::tr("a higher role is not given"));
    if (m_look.again == LinkUse::Refused && !m_look.isStillLive)
        seen.append(Text::tr("a used invitation is refused"));
    if (m_look.old == LinkUse::Refused)
        seen.append(Text::tr("an old invitation is refused"));
    if (!m_look.made.isEmpty())
        seen.append(Text::tr("accounts made by this test, to be removed by you: %1").arg(m_look.made.join(u", "_s)));
    return seen.join(u"; "_s);
}

// What its links were to tell, each in words that go on a sentence.
std::vector<LinkQuestion> InviteVerdict::questions() const
{
    return {{m_look.otherAddress, u"invite_any_email"_s, Text::tr("whether another address of mail may use it")},
            {m_look.higherRole, u"invite_role_editable"_s, Text::tr("whether people choose their own role")},
            {m_look.again, u"invite_reusable"_s, Text::tr("whether it works twice")},
            {m_look.old, u"invite_never_expires"_s, Text::tr("whether an old one still works")}};
}

// A fresh link tells three of them, an old one the last.
QString InviteVerdict::whatIsUntried() const
{
    const QString untried = wordsOf(questions(), LinkUse::NotTried);
    if (untried.isEmpty())
        return {};
    const bool needsFresh = m_look.otherAddress == LinkUse::NotTried || m_look.higherRole == LinkUse::NotTried ||
                            m_look.again == LinkUse::NotTried;
    if (m_look.old != LinkUse::NotTried)
        return Text::tr("Not tried: %1. Hand in the link of a fresh invitation as well.").arg(untried);
    return needsFresh
               ? Text::tr("Not tried: %1. Hand in the link of a fresh invitation, and that of one of a month ago "
                          "or earlier.")
                     .arg(untried)
               : Text::tr("Not tried: %1. Hand in the link of an invitation of a month ago or earlier as well.")
                     .arg(untried);
}

LookGaps InviteVerdict::gaps() const
{
    LookGaps gaps;
    gaps.say(m_look.notTold);
    const QString unclear = wordsOf(questions(), LinkUse::Unclear);
    if (m_look.notTold.isEmpty() && !unclear.isEmpty())
        gaps.say(Text::tr("%1 answers an invitation neither as a good one nor as one that was made up, so that it is "
                          "not known: %2.")
                     .arg(m_look.route, unclear));
    if (hasTold(questions())) // else it is said why nothing did
        gaps.say(whatIsUntried());
    if (!m_look.strength)
        gaps.hideCodes({u"guessable_invite"_s, u"short_invite"_s});
    for (const LinkQuestion &one : questions()) {
        if (!isTold(one.use))
            gaps.hideCodes({one.code});
    }
    return gaps;
}

Judged InviteVerdict::result()
{
    m_findings.addToken(m_look.strength, {.guessableCode = u"guessable_invite"_s,
                                          .guessableTitle = Text::tr("Invitations can be guessed"),
                                          .shortCode = u"short_invite"_s,
                                          .shortTitle = Text::tr("The token of the invitation is short")});
    judgeOthers();
    judgeUse();
    CaseTally tally{.findings = m_findings.take(), .gaps = gaps()};
    tally.told = m_look.again == LinkUse::Refused || m_look.old == LinkUse::Refused ? 1 : 0;
    Judged judged = judgedFrom(std::move(tally), summary(), observedOf(m_look));
    if (!m_look.made.isEmpty()) {
        const QString made = m_look.made.join(u", "_s);
        const QString toRemove = Text::tr("Remove the accounts that this test has made: %1.").arg(made);
        judged.reason = (judged.reason + u' ' + toRemove).trimmed();
    }
    return judged;
}

} // namespace

Judged judgeInvite(const InviteLook &look)
{
    return InviteVerdict(look).result();
}

} // namespace cockpit
