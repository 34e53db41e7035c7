#include "checks/abuse/siegeengine.h"

#include "checks/actors/likeness.h"
#include "checks/actors/routeaddress.h"
#include "checks/net/location.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <QCoreApplication>
#include <QUrlQuery>
#include <QUuid>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;
using std::chrono::microseconds;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(LoginSiege)
};

// A product that makes each try wait holds back as well.
constexpr microseconds kSlow{2'000'000};
constexpr int kSlowFactor = 5;
constexpr int kFewTries = 5;

Secret wrongPassword()
{
    return Secret("Lc-" + QUuid::createUuid().toByteArray(QUuid::Id128).left(16) + "-9");
}

// A word such as "?error=RateLimited"; not the name that was sent, and nothing that changes by itself.
bool isTelling(const QString &name, const QString &value)
{
    const bool hasDigit = std::ranges::any_of(value, [](QChar c) { return c.isDigit(); });
    const bool isName = name.contains("mail"_L1, Qt::CaseInsensitive) || name.contains("user"_L1, Qt::CaseInsensitive);
    return value.size() <= 40 && !value.contains(u'@') && !isName && !isVolatileKey(name) &&
           !(hasDigit && value.size() > 3);
}

QString whereTo(const HttpResponse &answer)
{
    if (!isRedirectStatus(answer.status))
        return {};
    const QUrl to = locationTarget(answer.url, answer.header("location").value_or(QByteArray()));
    QStringList parts{to.path()};
    const auto items = QUrlQuery(to).queryItems();
    for (const auto &[name, value] : items)
        parts.append(isTelling(name, value) ? name + u'=' + value : name);
    return parts.join(u' ');
}

} // namespace

bool isSameRefusal(const HttpResponse &a, const HttpResponse &b)
{
    if (a.status != b.status || whereTo(a) != whereTo(b))
        return false;
    const Likeness likeness = likenessOf(a, b);
    return likeness == Likeness::Same || likeness == Likeness::SameShape ||
           (likeness == Likeness::Unclear && a.body.size() == b.body.size());
}

SiegeEngine::SiegeEngine(const LoginSiege &siege, Wire &wire)
    : m_siege(siege), m_wire(wire), m_caller(siege.login, wire), m_password([&] {
          const Secret *entry = wire.gate()->secretOf(siege.control.id);
          return entry ? holeValuesOf(*entry)[u"password"_s] : Secret();
      }())
{
    m_report.route = siege.login.route.method + u' ' + siege.login.route.path;
    m_report.host = hostOf(siege.login.url);
}

std::optional<AbuseTry> SiegeEngine::sent(ActiveRequest request, EntryCaller &caller)
{
    if (isOver())
        return std::nullopt;
    AbuseTry one{.request = request, .answer = {}};
    auto answer = caller.send(std::move(request));
    if (!answer) {
        m_report.brokenOff = answer.error().message;
        return std::nullopt;
    }
    one.answer = std::move(*answer);
    if (const auto sign = limitOf(one.answer); sign && sign->retryAfter)
        m_longestNamed = std::max(m_longestNamed, *sign->retryAfter);
    for (const AnnouncedLimit &limit : announcedLimitsIn(one.answer, now())) {
        const auto isKnown = [&](const AnnouncedLimit &known) {
            return known.name == limit.name && known.quota == limit.quota && known.window == limit.window;
        };
        if (limit.quota && std::ranges::none_of(m_report.announced, isKnown))
            m_report.announced.push_back({.name = limit.name, .quota = limit.quota, .window = limit.window});
    }
    return one;
}

std::optional<AbuseTry> SiegeEngine::wrong(const QString &user)
{
    auto request = m_caller.request({.user = user, .password = wrongPassword()});
    if (!request) {
        m_report.brokenOff = isOver() ? m_report.brokenOff : request.error().message;
        return std::nullopt;
    }
    return sent(std::move(*request), m_caller);
}

// The account that is tried, or another one of the same form that nobody has.
QString SiegeEngine::userFor(bool ofAccount) const
{
    if (ofAccount)
        return m_siege.control.userName;
    const QString word = u"lc-"_s + QUuid::createUuid().toString(QUuid::Id128).left(10);
    const qsizetype at = m_siege.control.userName.lastIndexOf(u'@');
    return at < 0 ? word : word + m_siege.control.userName.mid(at);
}

std::optional<LimitSignal> SiegeEngine::limitOf(const HttpResponse &answer) const
{
    if (auto sign = limitIn(answer, now()))
        return sign;
    const auto notice = m_refusal ? limitNoticeIn(answer) : std::nullopt;
    if (!notice || notice == limitNoticeIn(*m_refusal))
        return std::nullopt;
    return LimitSignal{.kind = *notice, .status = answer.status};
}

bool SiegeEngine::isHeard(const HttpResponse &answer) const
{
    return !limitOf(answer) && m_refusal && isSameRefusal(answer, *m_refusal);
}

// The first refusals went out as slowly as a person tries: what takes its time among the later ones is measured by
// them.
void SiegeEngine::noteBaseline(const HttpResponse &answer)
{
    if (m_baseline.size() >= kBaselineTries)
        return;
    m_baseline.push_back(answer.timings.total);
    std::vector<microseconds> sorted = m_baseline;
    std::ranges::sort(sorted);
    m_usual = sorted.at(sorted.size() / 2);
    m_report.baseline = static_cast<int>(m_baseline.size());
    m_report.usual = std::chrono::duration_cast<std::chrono::milliseconds>(m_usual);
}

// Before each try but the first: a person's pace, then two a second (facts 19).
bool SiegeEngine::mayTryAgain(const TrySeries &series)
{
    const bool isBaseline = series.heard < kBaselineTries;
    return series.heard == 0 || !hasToStop(isBaseline ? m_siege.patience.baselinePause : m_siege.patience.pause);
}

bool SiegeEngine::counts(const AbuseTry &one, TrySeries &series)
{
    if (!series.first)
        series.first = one;
    series.last = one;
    if (auto sign = limitOf(one.answer)) {
        series.sign = sign;
        return false;
    }
    if (isHeard(one.answer)) {
        ++series.heard;
        series.slowsDown = one.answer.timings.total > kSlow && one.answer.timings.total > kSlowFactor * m_usual;
        noteBaseline(one.answer);
        return !series.slowsDown;
    }
    // After tries that were heard, a bare refusal is a firewall's.
    if (one.answer.status == 403 && series.heard > 0)
        series.sign = LimitSignal{.kind = LimitKind::Edge, .status = 403};
    else if (one.answer.status >= 500)
        m_report.brokenOff = describe(Obstacle::ServerError, one.answer);
    else
        m_report.brokenOff = Text::tr("%1 answers wrong passwords now so, now so (status %2).")
                                 .arg(m_report.route, QString::number(one.answer.status));
    return false;
}

// Right and wrong must look different, or nothing that follows means anything.
Result<void> SiegeEngine::control()
{
    auto welcome = askRight();
    if (welcome) {
        if (const auto sign = limitIn(*welcome, now()); sign && waitedOut(*sign))
            welcome = askRight();
    }
    if (!welcome)
        return tl::unexpected<Error>(welcome.error());
    if (limitIn(*welcome, now()) || welcome->status >= 400)
        return failure(ErrorKind::NotFound,
                       Text::tr("%1 is not let in at %2 with its own password (status %3), so "
                                "that wrong passwords tell nothing.")
                           .arg(m_siege.control.name, m_report.route, QString::number(welcome->status)));
    m_welcome = std::move(*welcome);
    auto first = wrong(userFor(m_mayLock));
    if (!first)
        return failure(ErrorKind::Protocol, m_report.brokenOff);
    if (limitIn(first->answer, now()))
        return failure(ErrorKind::NotFound, Text::tr("%1 was limited before anything was tried. Check again in a few "
                                                     "minutes.")
                                                .arg(m_report.route));
    if (isSameRefusal(first->answer, *m_welcome) || first->answer.status >= 500)
        return failure(ErrorKind::NotFound, Text::tr("%1 answers a wrong password (status %2) so that it cannot be "
                                                     "told from the right one.")
                                                .arg(m_report.route, QString::number(first->answer.status)));
    m_refusal = first->answer;
    m_usual = first->answer.timings.total;
    m_baseline.clear();
    counts(*first, m_mayLock ? m_report.byAccount : m_report.byAddress);
    return {};
}

void SiegeEngine::countAccount()
{
    TrySeries &series = m_report.byAccount;
    while (series.heard < kMostTries && !series.isLimited() && mayTryAgain(series)) {
        const auto one = wrong(m_siege.control.userName);
        if (!one || !counts(*one, series))
            break;
    }
    if (!series.isLimited() || isOver())
        return;
    if (const auto other = wrong(userFor(false)))
        m_report.accountIsBlocked = isHeard(other->answer);
}

void SiegeEngine::attackAccount()
{
    countAccount();
    TrySeries &series = m_report.byAccount;
    // So soon, and for everybody from here: what others tried before was counted, too.
    if (series.sign && !m_report.accountIsBlocked && series.heard < kFewTries && !isOver() && waitedOut(*series.sign)) {
        series = {};
        countAccount();
    }
    lookForSilence(series);
    if (!series.isLimited() || series.isSilent || isOver())
        return;
    m_report.duringBlock = askAsOwner();
    if (m_report.accountIsBlocked) {
        tryAround(true);
    } else {
        m_report.byAddress = series; // everybody from here is held back: the same block
    }
}

void SiegeEngine::spray()
{
    TrySeries &series = m_report.byAddress;
    if (m_report.byAccount.isSilent) {
        // The right password, by which a silent limit is known, is held back already.
        m_report.brokenOff = Text::tr("%1 answers held back tries as wrong ones, so that the limit of an account and "
                                      "the one of an address could not be told apart.")
                                 .arg(m_report.route);
        return;
    }
    // Without an account that may be locked these are the first, and the baseline.
    const auto isUsual = [&] { return m_mayLock || series.heard >= kBaselineTries || mayTryAgain(series); };
    while (series.heard < kMostTries && !series.isLimited() && isUsual()) {
        const auto one = wrong(userFor(false));
        if (!one || !counts(*one, series))
            break;
    }
    if (series.isLimited() && !isOver())
        tryAround(false);
    else if (!m_report.byAccount.isLimited()) // else the right password is held back for the account's sake
        lookForSilence(series);
}

Result<SiegeReport> SiegeEngine::run()
{
    m_mayLock = m_wire.gate()->mayLock(m_siege.control.id);
    if (m_mayLock)
        m_report.account = m_siege.control.name;
    if (auto ready = control(); !ready)
        return tl::unexpected<Error>(ready.error());
    if (m_mayLock)
        attackAccount();
    spray();
    awaitEnd();
    m_report.requests = m_wire.sent();
    m_report.known = m_wire.gate()->knownSecrets();
    return m_report;
}

} // namespace cockpit
