#include "checks/access/resetlink.h"

#include "checks/access/mailedlinks.h"
#include "checks/actors/requestproof.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ResetLink)
};

QJsonObject observedOf(const ResetLook &look)
{
    QJsonObject links{{u"given"_s, QJsonArray::fromStringList(look.given)},
                      {u"hosts"_s, QJsonArray::fromStringList(look.linkHosts)}};
    if (look.strength) {
        links.insert("bits"_L1, static_cast<int>(look.strength->bits));
        links.insert("counted"_L1, look.strength->isCounted);
        links.insert("timed"_L1, look.strength->isTimed);
    }
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
    explicit ResetVerdict(const ResetLook &look) : m_look(look) {}
    Judged result();

private:
    void add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
             const std::vector<std::optional<LinkExchange>> &exchanges = {});
    void judgeToken();
    void judgeUse();

    const ResetLook &m_look;
    std::vector<Finding> m_findings;
};

void ResetVerdict::add(const QString &code, Severity severity, Proof proof, const QString &title, const QString &saw,
                       const std::vector<std::optional<LinkExchange>> &exchanges)
{
    Finding finding = makeFinding(code, severity, proof, Impact::AccountTakeover, title, saw);
    finding.host = m_look.host;
    for (const auto &one : exchanges) {
        if (one)
            finding.evidence.push_back(requestProof(one->request, one->answer, {.known = m_look.known}));
    }
    finding.effortMinutes = 45;
    m_findings.push_back(std::move(finding));
}

void ResetVerdict::judgeToken()
{
    if (m_look.foreignHosts.contains(poisonHost()))
        add(u"reset_host_poisoned"_s, Severity::High, Proof::Proven,
            Text::tr("A stranger chooses where your reset links lead"),
            Text::tr("A reset letter was asked for with the host %1 in the headers of the request, and the link in the "
                     "letter leads there. Who opens such a link hands the account to whoever asked for it.")
                .arg(poisonHost()));
    if (!m_look.strength)
        return;
    const TokenStrength &strength = *m_look.strength;
    if (strength.isCounted || strength.isTimed || strength.bits < kGuessableBits)
        add(u"guessable_token"_s, Severity::High, Proof::Strong, Text::tr("Reset links can be guessed"),
            strength.isCounted
                ? Text::tr("The tokens of two reset links are numbers that are counted up.")
                : (strength.isTimed ? Text::tr("The token of the reset link is made of the time and the machine.")
                                    : Text::tr("The token of the reset link has at most %1 bits. Wanted: 128 or more.")
                                          .arg(static_cast<int>(strength.bits))));
    else if (strength.bits < kShortBits)
        add(u"short_token"_s, Severity::Low, Proof::Strong, Text::tr("The token of the reset link is short"),
            Text::tr("It has at most %1 bits. Wanted: 128 or more.").arg(static_cast<int>(strength.bits)));
}

void ResetVerdict::judgeUse()
{
    if (m_look.again == LinkUse::Accepted)
        add(u"reset_reusable"_s, Severity::High, m_look.isSure ? Proof::Strong : Proof::Lead,
            Text::tr("A reset link works more than once"),
            Text::tr("%1 accepted the same link twice, while it refuses a link that was made up. Wanted: refused the "
                     "second time.")
                .arg(m_look.route),
            {m_look.firstUse, m_look.secondUse});
    if (m_look.old == LinkUse::Accepted)
        add(u"reset_never_expires"_s, Severity::High, m_look.isOldSure ? Proof::Strong : Proof::Lead,
            Text::tr("Old reset links still work"),
            Text::tr("%1 accepted a link that you say is a day old or older. Wanted: at most an hour.")
                .arg(m_look.route),
            {m_look.oldUse});
    if (m_look.sessionLives.value_or(false) && m_look.first == LinkUse::Accepted && m_look.isSure)
        add(u"reset_keeps_sessions"_s, Severity::Medium, Proof::Proven,
            Text::tr("Who was signed in stays in after a new password"),
            Text::tr("A session of %1 from before the reset was still answered as signed in after it. Who broke in "
                     "stays in.")
                .arg(m_look.account),
            {m_look.afterwards});
}

Judged ResetVerdict::result()
{
    judgeToken();
    judgeUse();
    const QJsonObject observed = observedOf(m_look);
    const bool isTold = m_look.again == LinkUse::Refused || m_look.old == LinkUse::Refused;
    if (m_findings.empty() && !isTold) {
        Judged judged = notRun(m_look.notTold);
        judged.observed = observed;
        return judged;
    }
    QStringList seen;
    if (m_look.again == LinkUse::Refused)
        seen.append(Text::tr("a used link is refused"));
    if (m_look.old == LinkUse::Refused)
        seen.append(Text::tr("an old link is refused"));
    if (m_look.sessionLives && !*m_look.sessionLives)
        seen.append(Text::tr("sessions from before end"));
    if (m_look.strength)
        seen.append(Text::tr("the token has about %1 bits").arg(static_cast<int>(m_look.strength->bits)));
    Judged judged = concluded(std::move(m_findings), seen.join(u", "_s), observed, {});
    if (judged.outcome == Outcome::Pass && !m_look.notTold.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = m_look.notTold;
    }
    return judged;
}

} // namespace

QString toWord(LinkUse value)
{
    switch (value) {
    case LinkUse::NotTried:
        return u"not_tried"_s;
    case LinkUse::Accepted:
        return u"accepted"_s;
    case LinkUse::Refused:
        return u"refused"_s;
    case LinkUse::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

Judged judgeResetLink(const ResetLook &look)
{
    return ResetVerdict(look).result();
}

} // namespace cockpit
