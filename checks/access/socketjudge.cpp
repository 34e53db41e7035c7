#include "checks/access/socketjudge.h"

#include "checks/access/sockethandshake.h"
#include "checks/access/socketverdicts.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

bool isOpened(const std::optional<SocketAnswer> &one)
{
    return one && isAcceptedHandshake(one->sent, one->answer);
}

bool isRefusedBy(const std::optional<SocketAnswer> &one)
{
    return one && isRefusedHandshake(one->answer);
}

std::vector<Marker> markersIn(const std::optional<SocketAnswer> &one, const TenantLook &look)
{
    return isOpened(one) ? look.markers.in(one->answer, sentBy(one->sent)) : std::vector<Marker>();
}

QString wordFor(const std::optional<SocketAnswer> &one)
{
    if (!one)
        return u"not_tried"_s;
    if (isOpened(one))
        return u"opened"_s;
    return isRefusedBy(one) ? u"refused"_s : u"unclear"_s;
}

// What the cookie itself does against pages of other sites (SameSite, RFC 6265bis section 5.2).
Severity severityOf(CrossSiteReach reach)
{
    switch (reach) {
    case CrossSiteReach::Everywhere:
        return Severity::High;
    case CrossSiteReach::SomeBrowsers:
    case CrossSiteReach::Unknown:
        return Severity::Medium;
    case CrossSiteReach::Kept:
        return Severity::Low;
    }
    Q_UNREACHABLE();
}

QString sentenceOf(CrossSiteReach reach)
{
    switch (reach) {
    case CrossSiteReach::Everywhere:
        return Text::tr("The cookie says SameSite=None, so that browsers send it along from every site: a page that a "
                        "customer visits can use the connection as that customer.");
    case CrossSiteReach::SomeBrowsers:
        return Text::tr("The cookie says no SameSite: Chrome and Edge keep such a cookie from other sites, other "
                        "browsers may send it along, and a page that a customer visits can then use the connection as "
                        "that customer.");
    case CrossSiteReach::Kept:
        return Text::tr("The cookie says SameSite=Lax or Strict, so that browsers keep it from other sites: that alone "
                        "is in the way. Pages at other names of your own domain get past it, and so does everybody "
                        "once the cookie is changed.");
    case CrossSiteReach::Unknown:
        return Text::tr("A page that a customer visits could use it as that customer, unless the cookie is kept from "
                        "other sites (SameSite), which could not be seen.");
    }
    Q_UNREACHABLE();
}

class SocketVerdict
{
public:
    SocketVerdict(const TenantLook &look, const SocketTry &socket) : m_look(look), m_socket(socket) {}

    // For judgeEach().
    QString routeName() const { return m_socket.routeName; }
    QJsonObject row() const;
    std::vector<Finding> findings() const;
    QString open() const;
    QString remark() const { return {}; }

private:
    std::optional<Finding> crossing() const;
    std::optional<Finding> foreignOrigin() const;
    std::optional<QString> whoGotNoAnswer() const;
    // What it sends to whoever subscribes on it is told of apart: by whom it was tried, or why not.
    bool hasSubscription() const;
    Finding placed(Finding finding, const SocketAnswer &seen, const QString &who,
                   const std::vector<Marker> &markers) const;

    const TenantLook &m_look;
    const SocketTry &m_socket;
};

Finding SocketVerdict::placed(Finding finding, const SocketAnswer &seen, const QString &who,
                              const std::vector<Marker> &markers) const
{
    finding.host = hostOf(seen.sent.url);
    finding.subject = m_socket.routeName;
    finding.evidence = {
        requestProof(seen.sent, seen.answer, {.actor = who, .markers = markers, .known = m_look.known})};
    finding.effortMinutes = 60;
    return finding;
}

// The owner's texts prove; that a channel opens which one of nobody does not is a sign.
std::optional<Finding> SocketVerdict::crossing() const
{
    for (const bool asNobody : {true, false}) {
        const auto &one = asNobody ? m_socket.stranger : m_socket.outsider;
        const std::vector<Marker> markers = markersIn(one, m_look);
        if (markers.empty())
            continue;
        const QString who = asNobody ? Text::tr("a stranger") : m_look.outsider;
        return placed(
            makeFinding(asNobody ? u"open_to_strangers"_s : u"cross_socket"_s, Severity::Critical, Proof::Proven,
                        Impact::DataExposure, Text::tr("A live connection shows one customer's data to others"),
                        Text::tr("%1, opened by %2, sent %n text(s) that only %3 has. Wanted: a refusal, or a "
                                 "connection without them.",
                                 nullptr, static_cast<int>(markers.size()))
                            .arg(m_socket.routeName, who, m_look.owner)),
            *one, asNobody ? QString() : m_look.outsider, markers);
    }
    if (!m_socket.namesRecord || !isOpened(m_socket.outsider) || !isRefusedBy(m_socket.madeUp))
        return std::nullopt;
    return placed(makeFinding(u"cross_socket"_s, Severity::High, Proof::Lead, Impact::DataExposure,
                              Text::tr("A live connection of one customer opens for another"),
                              Text::tr("%1 opens for %2 with an id of %3, and is refused (status %4) with one that "
                                       "nobody has. What it then sends did not show whose it is: look at it. Wanted: "
                                       "the same refusal for both.")
                                  .arg(m_socket.routeName, m_look.outsider, m_look.owner,
                                       QString::number(m_socket.madeUp->answer.status))),
                  *m_socket.outsider, m_look.outsider, {});
}

// Browsers let every page open a WebSocket to every host, and send the cookie along that SameSite does not keep: the
// server alone can look at the Origin (RFC 6455 section 10.2).
std::optional<Finding> SocketVerdict::foreignOrigin() const
{
    if (!isOpened(m_socket.foreign) || !isOpened(m_socket.owner) || !isRefusedBy(m_socket.nobody))
        return std::nullopt;
    const CrossSiteReach reach = m_socket.cookie.value_or(CrossSiteReach::Unknown);
    const QString seen = Text::tr("%1 opens with the cookie of %2 and the Origin of a foreign site, and is refused "
                                  "without the cookie (status %3).")
                             .arg(m_socket.routeName, m_look.owner, QString::number(m_socket.nobody->answer.status));
    const QString wanted = Text::tr("Wanted: 403 for every Origin that is not yours.");
    return placed(makeFinding(u"foreign_origin_socket"_s, severityOf(reach), Proof::Proven, Impact::AccountTakeover,
                              reach == CrossSiteReach::Kept
                                  ? Text::tr("Only the cookie keeps other websites from a live connection")
                                  : Text::tr("Any website can open a live connection as your customer"),
                              seen + u' ' + sentenceOf(reach) + u' ' + wanted),
                  *m_socket.foreign, m_look.owner, {});
}

// Neither let in nor refused: limited, broken, cut off. Nothing: everybody was told something.
std::optional<QString> SocketVerdict::whoGotNoAnswer() const
{
    const auto isTold = [](const std::optional<SocketAnswer> &one) { return isOpened(one) || isRefusedBy(one); };
    if (!isTold(m_socket.outsider))
        return m_look.outsider;
    if (!isTold(m_socket.stranger))
        return Text::tr("a stranger");
    if (m_socket.foreign && !(isTold(m_socket.foreign) && isTold(m_socket.nobody)))
        return Text::tr("a page of a foreign site");
    return std::nullopt;
}

bool SocketVerdict::hasSubscription() const
{
    return std::ranges::any_of(m_look.subscriptions,
                               [&](const SubscriptionTry &one) { return one.routeName == m_socket.routeName; });
}

QString SocketVerdict::open() const
{
    if (!m_socket.notTested.isEmpty())
        return m_socket.notTested;
    if (!m_socket.owner)
        return Text::tr("%1 did not answer.").arg(m_socket.routeName);
    if (!isOpened(m_socket.owner))
        return Text::tr("%1 does not open as a WebSocket for %2 (status %3), so that nothing was tried there.")
            .arg(m_socket.routeName, m_look.owner, QString::number(m_socket.owner->answer.status));
    if (const auto who = whoGotNoAnswer())
        return Text::tr("%1 gave %2 no answer that tells.").arg(m_socket.routeName, *who);
    if (isOpened(m_socket.stranger) && !hasSubscription())
        return Text::tr("%1 opens for everybody, and nothing of %2 came by itself. What it sends to whoever subscribes "
                        "on it was not tried: import a HAR file in which a page does.")
            .arg(m_socket.routeName, m_look.owner);
    // One that names a record joins it by being opened.
    if (isOpened(m_socket.outsider) && !m_socket.namesRecord && !hasSubscription())
        return Text::tr("%1 opens for %2 as well, and nothing of %3 came by itself. What it sends to whoever "
                        "subscribes on it was not tried: import a HAR file in which a page does.")
            .arg(m_socket.routeName, m_look.outsider, m_look.owner);
    // A finding where one that nobody has is refused.
    if (isOpened(m_socket.outsider) && m_socket.namesRecord)
        return Text::tr("%1 opens for %2 with an id of %3, and whether it refuses one that nobody has could not be "
                        "told. What it sends later was not seen.")
            .arg(m_socket.routeName, m_look.outsider, m_look.owner);
    return {};
}

QJsonObject SocketVerdict::row() const
{
    QJsonObject row{{u"route"_s, m_socket.routeName},
                    {u"owner"_s, wordFor(m_socket.owner)},
                    {u"outsider"_s, wordFor(m_socket.outsider)},
                    {u"made_up"_s, wordFor(m_socket.madeUp)},
                    {u"stranger"_s, wordFor(m_socket.stranger)},
                    {u"nobody"_s, wordFor(m_socket.nobody)},
                    {u"foreign_origin"_s, wordFor(m_socket.foreign)}};
    if (m_socket.cookie)
        row.insert(u"cookie"_s, toWord(*m_socket.cookie));
    return row;
}

std::vector<Finding> SocketVerdict::findings() const
{
    std::vector<Finding> found;
    for (auto finding : {crossing(), foreignOrigin()}) {
        if (finding)
            found.push_back(std::move(*finding));
    }
    return found;
}

} // namespace

SocketJudgement judgeSockets(const TenantLook &look)
{
    return judgeEach<SocketVerdict>(look, look.sockets);
}

} // namespace cockpit
