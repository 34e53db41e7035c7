#include "checks/abuse/ratelimit.h"
#include "checks/abuse/ratelimitobserved.h"

#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(RateLimit)
};

// Collects what is found, and what was measured.
class Verdict
{
public:
    explicit Verdict(const RateLimitLook &look) : m_look(look) {}

    void judgeLogin();
    void judgeRoutes();
    void judgeRace();
    void judgeGraphQl();
    void judgeCode();
    Judged result() const;

private:
    Finding &add(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                 const QString &saw, const std::optional<AbuseTry> &proofOf);
    void judgeSeries(const SiegeReport &login);
    void judgeBypass(const LimitBypass &bypass, const QString &route);
    void judgeRoute(const RouteSeries &one);
    void judgeAtOnce(const RouteSeries &one);

    const RateLimitLook &m_look;
    std::vector<Finding> m_findings;
    QStringList m_measured;
    QStringList m_open; // what was not told
    QStringList m_made;
};

Finding &Verdict::add(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
                      const QString &saw, const std::optional<AbuseTry> &proofOf)
{
    Finding finding = makeFinding(code, severity, proof, impact, title, saw);
    if (proofOf) {
        finding.host = hostOf(proofOf->request.url);
        finding.evidence = {requestProof(proofOf->request, proofOf->answer, {.known = m_look.known})};
    }
    finding.effortMinutes = 60;
    return m_findings.emplace_back(std::move(finding));
}

void Verdict::judgeSeries(const SiegeReport &login)
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
                .arg(login.route)
                .arg(account.heard)
                .arg(address.heard),
            account.last);
        return;
    }
    if (addressFree)
        add(u"no_address_limit"_s, Severity::Medium, Proof::Strong, Impact::AccountTakeover,
            Text::tr("One visitor may try passwords at every account"),
            Text::tr("%1 heard %2 wrong passwords for different accounts from one address, and held nothing back. "
                     "Wanted: a limit for each address beside the one for each account.")
                .arg(login.route)
                .arg(address.heard),
            address.last);
    const bool onlyAddress =
        account.isLimited() && !account.isSilent && !login.accountIsBlocked && account.heard > kManyForOneAccount;
    if (accountFree || (onlyAddress && isWhole))
        add(u"no_account_limit"_s, Severity::Medium, accountFree ? Proof::Strong : Proof::Lead, Impact::AccountTakeover,
            Text::tr("One account may be tried by many visitors without end"),
            Text::tr("%1 heard %2 wrong passwords for one account. What stopped us then was the limit of our address, "
                     "which was in force for other accounts as well: who has many addresses goes on. Wanted: a limit "
                     "of the account itself, after 5 to 10 tries.")
                .arg(login.route)
                .arg(account.heard),
            account.last);
}

void Verdict::judgeBypass(const LimitBypass &bypass, const QString &route)
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
}

void Verdict::judgeLogin()
{
    if (!m_look.login) {
        if (!m_look.loginNotTested.isEmpty())
            m_open.append(m_look.loginNotTested);
        return;
    }
    const SiegeReport &login = *m_look.login;
    judgeSeries(login);
    for (const LimitBypass &bypass : login.bypasses)
        judgeBypass(bypass, login.route);
    if (login.account.isEmpty())
        m_open.append(Text::tr("Whether an account has a limit of its own was not tried: mark a test account as one "
                               "that may be locked."));
    if (login.accountIsBlocked || login.byAccount.isSilent)
        m_measured.append(Text::tr("%1 for one account %2").arg(login.route, measureOf(login.byAccount)));
    if (login.byAddress.isLimited())
        m_measured.append(Text::tr("%1 for one address %2").arg(login.route, measureOf(login.byAddress)));
    if (!login.brokenOff.isEmpty())
        m_open.append(login.brokenOff);
}

void Verdict::judgeRoute(const RouteSeries &one)
{
    using enum EntryKind;
    m_made.append(one.made);
    if (!one.notTested.isEmpty()) {
        m_open.append(one.notTested);
        return;
    }
    m_measured.append(one.series.isLimited()
                          ? Text::tr("%1 %2").arg(one.route, measureOf(one.series))
                          : Text::tr("%1 answers all of %n tries", nullptr, one.series.heard).arg(one.route));
    if (one.series.isLimited())
        return;
    if (one.atOnce)
        judgeAtOnce(one);
    const auto saw = [&] {
        return Text::tr("%1 took all of %n requests in a row.", nullptr, one.series.heard).arg(one.route);
    };
    if ((one.kind == Forgot || one.kind == MagicLink) && one.series.heard >= kMostLetterTries)
        add(u"no_reset_limit"_s, Severity::Medium, Proof::Strong, Impact::EmailDelivery,
            Text::tr("Anybody can flood a mailbox with your letters"),
            saw() + u' ' + Text::tr("Wanted: about 5 letters an hour for one address."), one.series.last)
            .subject = one.route;
    else if (one.kind == SignUp && one.series.heard >= kMostLetterTries)
        add(u"no_sign_up_limit"_s, Severity::Medium, Proof::Strong, Impact::CostAbuse,
            Text::tr("Sign-up takes any number of requests"),
            saw() + u' ' + Text::tr("Wanted: a limit for each address of mail and each visitor."), one.series.last)
            .subject = one.route;
    else if (one.kind == Chat && one.series.heard >= kMostRouteTries)
        add(u"no_chat_limit"_s, Severity::High, Proof::Strong, Impact::CostAbuse,
            Text::tr("Anybody can run up the bill of your AI provider"),
            saw() + u' ' + Text::tr("Each costs you money. Wanted: a limit for each account and each day."),
            one.series.last)
            .subject = one.route;
    else if (one.kind == Heavy && one.series.heard >= kMostRouteTries &&
             (one.typical >= kHeavyTime || one.bytes >= kHeavyBytes))
        add(u"no_heavy_limit"_s, Severity::Low, Proof::Strong, Impact::Downtime,
            Text::tr("A costly address may be asked without end"),
            saw() + u' ' +
                Text::tr("Each took %1 ms and gave up to %2 kB.").arg(one.typical.count()).arg(one.bytes / 1024),
            one.series.last)
            .subject = one.route;
}

// Ten people who ask at the same moment are an ordinary morning.
void Verdict::judgeAtOnce(const RouteSeries &one)
{
    const AtOnce &seen = *one.atOnce;
    m_measured.append(
        Text::tr("of %1 at once %2 were answered, %3 held back").arg(seen.tries).arg(seen.answered).arg(seen.limited));
    if (seen.waited > 0)
        m_measured.append(
            Text::tr("%1 of them got no answer in our time, as in a queue that is longer").arg(seen.waited));
    if (seen.broken < 2 || !seen.servesAfterwards)
        return;
    add(u"breaks_at_once"_s, Severity::Medium, Proof::Strong, Impact::Downtime,
        Text::tr("A costly address breaks when several people ask at once"),
        Text::tr("%1: of %2 requests at the same moment %3 failed; one by one, before and after, it was served. "
                 "Wanted: a queue, or a refusal with 429.")
            .arg(one.route)
            .arg(seen.tries)
            .arg(seen.broken),
        seen.failed)
        .subject = one.route;
}

// What a code of a few digits is worth is how many tries it allows. None was asked for before, as far as can be told: a
// product that ends each code after a few tries has none to end then, and refuses every try alike. So it is a lead.
void Verdict::judgeCode()
{
    if (!m_look.code)
        return;
    const CodeTries &code = *m_look.code;
    if (!code.notTested.isEmpty()) {
        m_open.append(code.notTested);
        return;
    }
    const int heard = code.series.heard;
    const QString chance = percentOf(chanceOf(code.digits, heard));
    m_measured.append(Text::tr("%1 with codes of %2 digits %3: a chance of %4")
                          .arg(code.route)
                          .arg(code.digits)
                          .arg(measureOf(code.series), chance));
    if (code.series.isLimited() || heard < kMostCodeTries)
        return;
    constexpr qint64 kTriesOfADay = qint64(5) * 24 * 3600; // five a second, as everybody's computer can
    constexpr int kEasyDigits = 6;
    add(u"code_guessable"_s, code.digits <= kEasyDigits ? Severity::Medium : Severity::Low, Proof::Lead,
        Impact::AccountTakeover, Text::tr("A code of a few digits can perhaps be guessed"),
        Text::tr(
            "%1 heard %2 wrong codes of %3 digits in a row and held nothing back. So many have a chance of %4; who "
            "sends five a second has one of %5 after a day. No code was asked for before, so an end that belongs "
            "to each code could not show: ask for one and send wrong ones yourself. Wanted: an end after about 5, "
            "then a new code.")
            .arg(code.route)
            .arg(heard)
            .arg(code.digits)
            .arg(chance, percentOf(chanceOf(code.digits, kTriesOfADay))),
        code.series.last)
        .subject = code.route;
}

void Verdict::judgeRoutes()
{
    for (const RouteSeries &one : m_look.others.routes)
        judgeRoute(one);
    if (!m_look.others.brokenOff.isEmpty())
        m_open.append(m_look.others.brokenOff);
}

// Twice at once what is refused one after the other: the check and the change are not one step.
void Verdict::judgeRace()
{
    const auto &race = m_look.others.race;
    if (!race)
        return;
    if (!race->notTested.isEmpty()) {
        m_open.append(race->notTested);
        return;
    }
    if (race->successes >= 2 && race->refusedAfterwards)
        add(u"race"_s, Severity::High, Proof::Proven, Impact::CostAbuse,
            Text::tr("What counts once counts many times when sent at once"),
            Text::tr(
                "%1: of %2 equal requests that arrived together %3 were accepted; one more afterwards was refused. "
                "Wanted: one.")
                .arg(race->route)
                .arg(race->tries)
                .arg(race->successes),
            race->success)
            .subject = race->route;
    else
        m_measured.append(Text::tr("%1: of %2 requests at once %3 were accepted")
                              .arg(race->route)
                              .arg(race->tries)
                              .arg(race->successes));
}

void Verdict::judgeGraphQl()
{
    for (const GraphQlTries &one : m_look.graphQl) {
        if (!one.notTested.isEmpty())
            m_open.append(one.notTested);
        else if (one.heard > kManyForOneAccount)
            add(u"many_tries_in_one"_s, Severity::High, Proof::Strong, Impact::AccountTakeover,
                Text::tr("Many passwords can be tried in one request"),
                Text::tr("%1 answered %2 wrong passwords for one account that came in one request (%3). Who counts "
                         "requests sees one.")
                    .arg(one.route)
                    .arg(one.heard)
                    .arg(one.way == "batch"_L1 ? Text::tr("a list of questions") : Text::tr("aliases of GraphQL")),
                one.exchange)
                .subject = one.way;
    }
}

Judged Verdict::result() const
{
    const QString summary = m_measured.join(u"; "_s);
    QJsonObject observed = observedOf(m_look);
    if (!m_open.isEmpty())
        observed.insert("not_told"_L1, m_open.join(u' '));
    const bool isLoginKnown = m_look.login && (m_look.login->byAddress.isLimited() || m_look.login->accountIsBlocked ||
                                               m_look.login->byAccount.isSilent);
    const QString toRemove = m_made.isEmpty() ? QString()
                                              : Text::tr("Remove the account that may have been made for this "
                                                         "address of the test: %1.")
                                                    .arg(m_made.join(u", "_s));
    if (m_findings.empty() && !isLoginKnown && m_measured.isEmpty()) {
        Judged judged = notRun((m_open + QStringList{toRemove}).join(u' ').trimmed());
        judged.observed = observed;
        return judged;
    }
    Judged judged = concluded(m_findings, summary, observed, {});
    if (judged.outcome == Outcome::Pass && !m_open.isEmpty()) {
        judged.outcome = Outcome::Info;
        judged.reason = m_open.join(u' ');
    }
    judged.reason = (judged.reason + u' ' + toRemove).trimmed();
    return judged;
}

} // namespace

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

Judged judgeRateLimit(const RateLimitLook &look)
{
    Verdict verdict(look);
    verdict.judgeLogin();
    verdict.judgeRoutes();
    verdict.judgeRace();
    verdict.judgeGraphQl();
    verdict.judgeCode();
    return verdict.result();
}

} // namespace cockpit
