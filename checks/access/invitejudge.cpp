#include "checks/access/invite.h"
#include "checks/actors/requestproof.h"
#include "checks/web/report.h"

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
    QJsonObject links{{u"given"_s, QJsonArray::fromStringList(look.given)}};
    if (look.strength) {
        links.insert("bits"_L1, static_cast<int>(look.strength->bits));
        links.insert("counted"_L1, look.strength->isCounted);
        links.insert("timed"_L1, look.strength->isTimed);
    }
    QJsonObject observed{{u"invited"_s, look.invited},
                         {u"links"_s, links},
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
    explicit InviteVerdict(const InviteLook &look) : m_look(look) {}
    Judged result();

private:
    void add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
             const std::vector<std::optional<LinkExchange>> &exchanges = {});
    void judgeToken();
    void judgeUse();
    QString summary() const;
    // Why not everything is told, and what is left to be removed.
    QString reason() const;

    const InviteLook &m_look;
    std::vector<Finding> m_findings;
};

void InviteVerdict::add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
                        const std::vector<std::optional<LinkExchange>> &exchanges)
{
    Finding finding = makeFinding(code, severity, proof, Impact::AccountTakeover, title, saw);
    finding.host = m_look.host;
    for (const auto &one : exchanges) {
        if (one)
            finding.evidence.push_back(requestProof(one->request, one->answer, {.known = m_look.known}));
    }
    finding.effortMinutes = 60;
    m_findings.push_back(std::move(finding));
}

void InviteVerdict::judgeToken()
{
    if (!m_look.strength)
        return;
    const TokenStrength &strength = *m_look.strength;
    if (strength.isCounted || strength.isTimed || strength.bits < kGuessableBits)
        add(u"guessable_invite"_s, Severity::High, Proof::Strong, Text::tr("Invitations can be guessed"),
            strength.isCounted
                ? Text::tr("The tokens of two invitations are numbers that are counted up.")
                : (strength.isTimed ? Text::tr("The token of the invitation is made of the time and the machine.")
                                    : Text::tr("The token of the invitation has at most %1 bits. Wanted: 128 or more.")
                                          .arg(static_cast<int>(strength.bits))));
    else if (strength.bits < kShortBits)
        add(u"short_invite"_s, Severity::Low, Proof::Strong, Text::tr("The token of the invitation is short"),
            Text::tr("It has at most %1 bits. Wanted: 128 or more.").arg(static_cast<int>(strength.bits)));
}

void InviteVerdict::judgeUse()
{
    if (m_look.otherAddress == LinkUse::Accepted)
        add(u"invite_any_email"_s, Severity::Medium, m_look.isSure ? Proof::Strong : Proof::Lead,
            Text::tr("An invitation works for whoever has the link"),
            Text::tr("%1 accepted an invitation for %2 with another address of mail, while it refuses a link that was "
                     "made up. Wanted: the invited address alone.")
                .arg(m_look.route, m_look.invited),
            {m_look.otherUse});
    if (m_look.higherRole == LinkUse::Accepted && m_look.becameAdmin)
        add(u"invite_role_editable"_s, Severity::High, Proof::Proven, Text::tr("Invited people choose their own role"),
            Text::tr("%1 accepted an invitation with \"role\": \"admin\" in the request, and its answer says that the "
                     "new account is an administrator. The invitation was for a lower role.")
                .arg(m_look.route),
            {m_look.roleUse});
    if (m_look.again == LinkUse::Accepted)
        add(u"invite_reusable"_s, Severity::Medium, m_look.isSure ? Proof::Strong : Proof::Lead,
            Text::tr("An invitation works more than once"),
            Text::tr("%1 accepted the same invitation twice, while it refuses a link that was made up.")
                .arg(m_look.route),
            {m_look.firstUse, m_look.secondUse});
    else if (m_look.isStillLive)
        add(u"invite_reusable"_s, Severity::Medium, Proof::Lead, Text::tr("A used invitation seems to be still good"),
            Text::tr("After it was accepted, %1 answers the invitation as before (status %2), and not as one that does "
                     "not exist. Look whether a used invitation is refused.")
                .arg(m_look.route)
                .arg(m_look.liveUse ? m_look.liveUse->answer.status : 0),
            {m_look.otherUse, m_look.liveUse});
    if (m_look.old == LinkUse::Accepted)
        add(u"invite_never_expires"_s, Severity::Medium, m_look.isOldSure ? Proof::Strong : Proof::Lead,
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

QString InviteVerdict::reason() const
{
    QStringList parts;
    if (!m_look.notTold.isEmpty())
        parts.append(m_look.notTold);
    else if (m_look.again == LinkUse::Unclear || m_look.old == LinkUse::Unclear)
        parts.append(Text::tr("%1 answers a used or an old invitation neither as a good one nor as one that was made "
                              "up, so that it is not known whether it was accepted.")
                         .arg(m_look.route));
    if (!m_look.made.isEmpty())
        parts.append(Text::tr("Remove the accounts that this test has made: %1.").arg(m_look.made.join(u", "_s)));
    return parts.join(u' ');
}

Judged InviteVerdict::result()
{
    judgeToken();
    judgeUse();
    const QJsonObject observed = observedOf(m_look);
    const bool isTold = m_look.again == LinkUse::Refused || m_look.old == LinkUse::Refused;
    if (m_findings.empty() && !isTold) {
        Judged judged = notRun(reason());
        judged.observed = observed;
        return judged;
    }
    Judged judged = concluded(std::move(m_findings), summary(), observed, {});
    const bool isWhole = m_look.notTold.isEmpty() && m_look.again != LinkUse::Unclear && m_look.old != LinkUse::Unclear;
    if (judged.outcome == Outcome::Pass && !isWhole)
        judged.outcome = Outcome::Info;
    if (judged.reason.isEmpty())
        judged.reason = reason();
    return judged;
}

} // namespace

Judged judgeInvite(const InviteLook &look)
{
    return InviteVerdict(look).result();
}

} // namespace cockpit
