// What the sieges of the logins say.
#include "checks/abuse/limitverdict.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RateLimit)
};

// What a login that was not tried may hide; without a subject it is the project's first.
const QStringList &accountCodes()
{
    static const QStringList codes{u"no_login_limit"_s, u"no_account_limit"_s, u"limit_bypass"_s};
    return codes;
}

const QStringList &loginCodes()
{
    static const QStringList codes = accountCodes() + QStringList{u"no_address_limit"_s};
    return codes;
}

bool isEdgeAlone(const SiegeReport &login)
{
    const auto isOther = [](const TrySeries &series) {
        return series.isLimited() && (!series.sign || series.sign->kind != LimitKind::Edge);
    };
    return !isOther(login.byAccount) && !isOther(login.byAddress);
}

} // namespace

void LimitVerdict::judgeSeries(const SiegeReport &login, const QString &subject)
{
    const bool isWhole = login.brokenOff.isEmpty();
    const TrySeries &account = login.byAccount;
    const TrySeries &address = login.byAddress;
    const bool accountFree = !login.account.isEmpty() && account.heard >= kMostTries && !account.isLimited();
    const bool addressFree = address.heard >= kMostTries && !address.isLimited();
    if (accountFree && addressFree) {
        add(u"no_login_limit"_s, Severity::High, Proof::Strong, Impact::AccountTakeover,
            Text::tr("Passwords can be guessed without end"),
            Text::tr("%1 heard %2 wrong passwords for one account and %3 for others from one address, and held nothing "
                     "back. Wanted: a pause after 5 to 10 tries.")
                .arg(login.route, QString::number(account.heard), QString::number(address.heard)),
            account.last)
            .subject = subject;
        return;
    }
    if (addressFree)
        add(u"no_address_limit"_s, Severity::Medium, Proof::Strong, Impact::AccountTakeover,
            Text::tr("One visitor may try passwords at every account"),
            Text::tr("%1 heard %2 wrong passwords for different accounts from one address, and held nothing back. "
                     "Wanted: a limit for each address beside the one for each account.")
                .arg(login.route, QString::number(address.heard)),
            address.last)
            .subject = subject;
    const bool onlyAddress =
        account.isLimited() && !account.isSilent && !login.accountIsBlocked && account.heard > kManyForOneAccount;
    if (accountFree || (onlyAddress && isWhole))
        add(u"no_account_limit"_s, Severity::Medium, accountFree ? Proof::Strong : Proof::Lead, Impact::AccountTakeover,
            Text::tr("One account may be tried by many visitors without end"),
            Text::tr("%1 heard %2 wrong passwords for one account. What stopped us then was the limit of our address, "
                     "which was in force for other accounts as well: who has many addresses goes on. Wanted: a limit "
                     "of the account itself, after 5 to 10 tries.")
                .arg(login.route, QString::number(account.heard)),
            account.last)
            .subject = subject;
}

void LimitVerdict::judgeBypass(const LimitBypass &bypass, const QString &route, const QString &subject)
{
    QString how;
    if (bypass.way == "header"_L1)
        how = Text::tr("a made-up address in the header %1").arg(bypass.detail);
    else if (bypass.way == "mail_case"_L1)
        how = Text::tr("the address of mail written in other letters (%1…)").arg(bypass.detail.left(2));
    else if (bypass.way == "mail_alias"_L1)
        how = Text::tr("an alias of the address of mail (a plus sign and a word)");
    else if (bypass.way == "body"_L1)
        how = Text::tr("the same sent as %1").arg(bypass.detail == "JSON"_L1 ? bypass.detail : Text::tr("a form"));
    else if (bypass.way == "path"_L1)
        how = Text::tr("the path written as %1").arg(bypass.detail);
    else
        how = Text::tr("a fresh visit without cookies");
    Finding &finding =
        add(u"limit_bypass"_s, Severity::High, bypass.isProven ? Proof::Proven : Proof::Strong, Impact::AccountTakeover,
            Text::tr("The limit at the login can be walked around"),
            Text::tr("While %1 held %2 back, a try with %3 was heard, twice, with refused plain tries in between.")
                .arg(route, bypass.ofAccount ? Text::tr("the account") : Text::tr("our address"), how),
            bypass.heard);
    finding.subject = bypass.way + (bypass.ofAccount ? u""_s : u" address"_s);
    if (!subject.isEmpty())
        finding.subject = subject + u' ' + finding.subject;
}

void LimitVerdict::judgeLogin(const SiegeReport &login, const QString &subject)
{
    const auto leave = [&](const QString &sentence, const QStringList &codes) {
        subject.isEmpty() ? addGap(sentence, codes) : addGap(sentence, subject);
    };
    judgeSeries(login, subject);
    for (const LimitBypass &bypass : login.bypasses)
        judgeBypass(bypass, login.route, subject);
    if (login.account.isEmpty())
        leave(Text::tr("Whether an account has a limit of its own at %1 was not tried: mark a test account as one "
                       "that may be locked.")
                  .arg(login.route),
              accountCodes());
    if (login.accountIsBlocked || login.byAccount.isSilent)
        m_measured.append(Text::tr("%1 for one account %2").arg(login.route, measureOf(login.byAccount)));
    if (login.byAddress.isLimited())
        m_measured.append(Text::tr("%1 for one address %2").arg(login.route, measureOf(login.byAddress)));
    if (throttleOf(login) == Throttle::Edge)
        m_measured.append(Text::tr("what stops the tries at %1 seems to stand in front of the product, which says "
                                   "nothing itself")
                              .arg(login.route));
    if (!login.brokenOff.isEmpty())
        leave(login.brokenOff, loginCodes());
}

void LimitVerdict::judgeLogins()
{
    if (m_look.login)
        judgeLogin(*m_look.login, QString());
    else if (!m_look.loginNotTested.isEmpty())
        addGap(m_look.loginNotTested, loginCodes());
    for (const SiegeReport &other : m_look.otherLogins.reports)
        judgeLogin(other, other.route);
    m_gaps.say(m_look.otherLogins.sentences);
    for (const QString &route : m_look.otherLogins.untold)
        m_gaps.hide({.subject = route});
}

QString measureOf(const TrySeries &series)
{
    if (!series.isLimited())
        return Text::tr("does not block within %n tries", nullptr, series.heard);
    if (series.isSilent)
        return Text::tr("lets the right password in no more after %1 tries, without a word").arg(series.heard);
    if (!series.sign)
        return Text::tr("answers slower and slower after %n tries", nullptr, series.heard);
    if (series.sign->retryAfter)
        return Text::tr("blocks after %n tries for %1 s", nullptr, series.heard).arg(series.sign->retryAfter->count());
    return Text::tr("blocks after %n tries and does not say for how long", nullptr, series.heard);
}

QString toWord(Throttle value)
{
    switch (value) {
    case Throttle::Account:
        return u"account"_s;
    case Throttle::Address:
        return u"address"_s;
    case Throttle::Both:
        return u"both"_s;
    case Throttle::Edge:
        return u"edge"_s;
    case Throttle::None:
        return u"none"_s;
    case Throttle::Untold:
        return u"untold"_s;
    }
    Q_UNREACHABLE();
}

Throttle throttleOf(const SiegeReport &login)
{
    const bool byAccount = login.accountIsBlocked || login.byAccount.isSilent;
    const bool byAddress = login.byAddress.isLimited();
    if ((byAccount || byAddress) && isEdgeAlone(login))
        return Throttle::Edge;
    if (byAccount && byAddress)
        return Throttle::Both;
    if (byAccount || byAddress)
        return byAccount ? Throttle::Account : Throttle::Address;
    const bool isWhole = login.account.isEmpty() || login.byAccount.heard >= kMostTries;
    return isWhole && login.byAddress.heard >= kMostTries ? Throttle::None : Throttle::Untold;
}

} // namespace cockpit
