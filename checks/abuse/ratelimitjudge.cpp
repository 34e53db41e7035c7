#include "checks/abuse/limitverdict.h"
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

} // namespace

Finding &LimitVerdict::add(const QString &code, Severity severity, Proof proof, Impact impact, const QString &title,
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

void LimitVerdict::addGap(const QString &sentence, const QString &subject)
{
    m_gaps.add(LookGap{{{.subject = subject}}, sentence});
}

void LimitVerdict::addGap(const QString &sentence, const QStringList &codes)
{
    m_gaps.say(sentence);
    m_gaps.hideCodes(codes);
}

void LimitVerdict::judgeRoute(const RouteSeries &one)
{
    m_made.append(one.made);
    if (!one.notTested.isEmpty()) {
        addGap(one.notTested, one.route);
        return;
    }
    m_measured.append(one.series.isLimited()
                          ? Text::tr("%1 %2").arg(one.route, measureOf(one.series))
                          : Text::tr("%1 answers all of %n tries", nullptr, one.series.heard).arg(one.route));
    if (one.series.isLimited())
        return;
    if (one.atOnce)
        judgeAtOnce(one);
    if (one.series.heard >= mostTriesOf(one.kind))
        judgeUnlimited(one);
    else
        addGap(Text::tr("%1 answered %n request(s), and then the test ended: no limit was met so far.", nullptr,
                        one.series.heard)
                   .arg(one.route),
               one.route);
}

void LimitVerdict::judgeUnlimited(const RouteSeries &one)
{
    using enum EntryKind;
    const QString saw = Text::tr("%1 took all of %n requests in a row.", nullptr, one.series.heard).arg(one.route);
    const bool isHeavy = one.kind == Heavy && (one.typical >= kHeavyTime || one.bytes >= kHeavyBytes);
    if (one.kind == Forgot || one.kind == MagicLink)
        add(u"no_reset_limit"_s, Severity::Medium, Proof::Strong, Impact::EmailDelivery,
            Text::tr("Anybody can flood a mailbox with your letters"),
            saw + u' ' + Text::tr("Wanted: about 5 letters an hour for one address."), one.series.last)
            .subject = one.route;
    else if (one.kind == SignUp)
        add(u"no_sign_up_limit"_s, Severity::Medium, Proof::Strong, Impact::CostAbuse,
            Text::tr("Sign-up takes any number of requests"),
            saw + u' ' + Text::tr("Wanted: a limit for each address of mail and each visitor."), one.series.last)
            .subject = one.route;
    else if (one.kind == Chat)
        add(u"no_chat_limit"_s, Severity::High, Proof::Strong, Impact::CostAbuse,
            Text::tr("Anybody can run up the bill of your AI provider"),
            saw + u' ' + Text::tr("Each costs you money. Wanted: a limit for each account and each day."),
            one.series.last)
            .subject = one.route;
    else if (isHeavy)
        add(u"no_heavy_limit"_s, Severity::Low, Proof::Strong, Impact::Downtime,
            Text::tr("A costly address may be asked without end"),
            saw + u' ' +
                Text::tr("Each took %1 ms and gave up to %2 kB.")
                    .arg(QString::number(one.typical.count()), QString::number(one.bytes / 1024)),
            one.series.last)
            .subject = one.route;
}

// Ten people who ask at the same moment are an ordinary morning.
void LimitVerdict::judgeAtOnce(const RouteSeries &one)
{
    const AtOnce &seen = *one.atOnce;
    m_measured.append(
        Text::tr("of %1 at once %2 were answered, %3 held back")
            .arg(QString::number(seen.tries), QString::number(seen.answered), QString::number(seen.limited)));
    if (seen.waited > 0)
        m_measured.append(
            Text::tr("%1 of them got no answer in our time, as in a queue that is longer").arg(seen.waited));
    if (seen.broken < 2 || !seen.servesAfterwards)
        return;
    add(u"breaks_at_once"_s, Severity::Medium, Proof::Strong, Impact::Downtime,
        Text::tr("A costly address breaks when several people ask at once"),
        Text::tr("%1: of %2 requests at the same moment %3 failed; one by one, before and after, it was served. "
                 "Wanted: a queue, or a refusal with 429.")
            .arg(one.route, QString::number(seen.tries), QString::number(seen.broken)),
        seen.failed)
        .subject = one.route;
}

void LimitVerdict::judgeRoutes()
{
    for (const RouteSeries &one : m_look.others.routes)
        judgeRoute(one);
    if (!m_look.others.brokenOff.isEmpty())
        addGap(m_look.others.brokenOff, QString());
}

// Each by its route, so that what was found there before stays open.
void LimitVerdict::judgeNotTried()
{
    std::vector<UntriedDoor> doors = m_look.otherLogins.notTried;
    for (const auto *more : {&m_look.others.notTried, &m_look.notTried})
        doors.insert(doors.end(), more->begin(), more->end());
    m_gaps.say(describe(doors));
    for (const UntriedDoor &door : doors)
        m_gaps.hide({.subject = door.route});
}

Judged LimitVerdict::result() const
{
    const QString summary = m_measured.join(u"; "_s);
    QJsonObject observed = observedOf(m_look);
    if (m_gaps.isSaid())
        observed.insert("not_told"_L1, m_gaps.sentences().join(u' '));
    const bool isLoginKnown = m_look.login && (m_look.login->byAddress.isLimited() || m_look.login->accountIsBlocked ||
                                               m_look.login->byAccount.isSilent);
    const QString toRemove = m_made.isEmpty() ? QString()
                                              : Text::tr("Remove the account that may have been made for this "
                                                         "address of the test: %1.")
                                                    .arg(m_made.join(u", "_s));
    const bool hasTold = !m_findings.empty() || isLoginKnown || !m_measured.isEmpty();
    Judged judged = hasTold ? concluded(m_findings, summary, {}, {}) : notRun({});
    judged.observed = observed;
    leaveOpen(judged, m_gaps);
    judged.reason = QString(judged.reason + u' ' + toRemove).trimmed();
    return judged;
}

Judged judgeRateLimit(const RateLimitLook &look)
{
    LimitVerdict verdict(look);
    verdict.judgeLogins();
    verdict.judgeRoutes();
    verdict.judgeRaces();
    verdict.judgeGraphQl();
    verdict.judgeCodes();
    verdict.judgeNotTried();
    return verdict.result();
}

} // namespace cockpit
