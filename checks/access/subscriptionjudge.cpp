#include "checks/access/subscriptionjudge.h"

#include "checks/access/socketverdicts.h"
#include "checks/actors/curlline.h"
#include "checks/actors/requestproof.h"
#include "checks/net/urlhost.h"
#include "checks/web/report.h"
#include "models/redactor.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

QString toWord(SocketWord word)
{
    switch (word) {
    case SocketWord::Agreed:
        return u"agreed"_s;
    case SocketWord::Refused:
        return u"refused"_s;
    case SocketWord::News:
        return u"news"_s;
    case SocketWord::Silence:
        return u"silence"_s;
    case SocketWord::Unclear:
        return u"unclear"_s;
    }
    Q_UNREACHABLE();
}

QString wordFor(const std::optional<Subscriber> &one)
{
    return one ? toWord(one->word) : u"not_tried"_s;
}

bool isSaid(const std::optional<Subscriber> &one, SocketWord word)
{
    return one && one->word == word;
}

class SubscriptionVerdict
{
public:
    SubscriptionVerdict(const TenantLook &look, const SubscriptionTry &seen) : m_look(look), m_seen(seen) {}

    // For judgeEach().
    QString routeName() const { return m_seen.routeName; }
    QJsonObject row() const;
    std::vector<Finding> findings() const;
    QString open() const;
    QString remark() const;

private:
    std::vector<Marker> markersIn(const std::optional<Subscriber> &one) const;
    std::optional<Finding> crossing() const;
    std::optional<Finding> crossedBy(const Subscriber &one, bool asNobody) const;
    std::optional<Finding> lead() const;
    QString withoutAnswer(const QString &who) const;
    QString ofOwner() const;
    QString ofOther(const std::optional<Subscriber> &one, const QString &who) const;
    Finding placed(Finding finding, const Subscriber &one, const QString &who,
                   const std::vector<Marker> &markers) const;

    const TenantLook &m_look;
    const SubscriptionTry &m_seen;
};

// Many servers repeat what they were asked for.
std::vector<Marker> SubscriptionVerdict::markersIn(const std::optional<Subscriber> &one) const
{
    return one ? m_look.markers.in(one->opened.answer, sentBy(one->opened.sent) + one->said) : std::vector<Marker>();
}

Finding SubscriptionVerdict::placed(Finding finding, const Subscriber &one, const QString &who,
                                    const std::vector<Marker> &markers) const
{
    constexpr int kLongestSaid = 1000;
    finding.host = hostOf(one.opened.sent.url);
    finding.subject = m_seen.routeName;
    Evidence proof =
        requestProof(one.opened.sent, one.opened.answer, {.actor = who, .markers = markers, .known = m_look.known});
    const QString said = withoutSecrets(QString::fromUtf8(one.said), m_look.known);
    proof.body = Text::tr("Said once the connection was open:") + u'\n' +
                 plainText(redact(said, m_look.known), kLongestSaid) + u"\n\n"_s + proof.body;
    finding.evidence = {proof};
    finding.effortMinutes = 60;
    return finding;
}

std::optional<Finding> SubscriptionVerdict::crossedBy(const Subscriber &one, bool asNobody) const
{
    const std::vector<Marker> markers = markersIn(one);
    const auto proof = proofOf(markers);
    if (!proof)
        return std::nullopt;
    const QString who = asNobody ? Text::tr("a stranger") : m_look.outsider;
    const QString sentence =
        Text::tr("On %1, %2 said what %3 says to be told of changes, and was sent %n text(s) that only %3 has. Wanted: "
                 "a refusal, or silence.",
                 nullptr, static_cast<int>(markers.size()))
            .arg(m_seen.routeName, who, m_look.owner);
    return placed(makeFinding(asNobody ? u"open_to_strangers"_s : u"cross_subscription"_s,
                              *proof == Proof::Lead ? Severity::High : Severity::Critical, *proof, Impact::DataExposure,
                              Text::tr("A live connection tells others of one customer's changes"), sentence),
                  one, asNobody ? QString() : m_look.outsider, markers);
}

std::optional<Finding> SubscriptionVerdict::crossing() const
{
    for (const bool asNobody : {true, false}) {
        const auto &one = asNobody ? m_seen.nobody : m_seen.outsider;
        auto found = one ? crossedBy(*one, asNobody) : std::nullopt;
        if (found)
            return found;
    }
    return std::nullopt;
}

std::optional<Finding> SubscriptionVerdict::lead() const
{
    if (m_seen.ownerWasTold || !m_seen.namesRecord || !isSaid(m_seen.outsider, SocketWord::Agreed) ||
        !isSaid(m_seen.madeUp, SocketWord::Refused))
        return std::nullopt;
    return placed(makeFinding(u"cross_subscription"_s, Severity::High, Proof::Lead, Impact::DataExposure,
                              Text::tr("One customer may subscribe to the changes of another"),
                              Text::tr("%1 lets %2 subscribe with an id of %3, and refuses one that nobody has. No "
                                       "change could be seen to arrive, so what it then sends is for you to look at. "
                                       "Wanted: the same refusal for both.")
                                  .arg(m_seen.routeName, m_look.outsider, m_look.owner)),
                  *m_seen.outsider, m_look.outsider, {});
}

QString SubscriptionVerdict::withoutAnswer(const QString &who) const
{
    return Text::tr("%1 gave %2 no answer that tells.").arg(m_seen.routeName, who);
}

// Why its own subscription controls nothing; empty where it does.
QString SubscriptionVerdict::ofOwner() const
{
    const bool isTold =
        m_seen.ownerWasTold || isSaid(m_seen.owner, SocketWord::Agreed) || isSaid(m_seen.owner, SocketWord::News);
    if (isTold)
        return {};
    if (isSaid(m_seen.owner, SocketWord::Unclear))
        return withoutAnswer(m_look.owner);
    if (isSaid(m_seen.owner, SocketWord::Refused))
        return Text::tr("%1 lets not even %2 subscribe to what is its own, so that nothing was tried there.")
            .arg(m_seen.routeName, m_look.owner);
    return Text::tr("%1 did not say whether %2 itself is subscribed, so that nothing follows from others' silence.")
        .arg(m_seen.routeName, m_look.owner);
}

// Why it does not show whether who is no owner is kept from the news; empty where it does.
QString SubscriptionVerdict::ofOther(const std::optional<Subscriber> &one, const QString &who) const
{
    if (!one)
        return Text::tr("%1 did not answer %2.").arg(m_seen.routeName, who);
    if (one->word == SocketWord::Unclear)
        return withoutAnswer(who);
    const bool isKeptBack = one->word == SocketWord::Refused ||
                            (one->word == SocketWord::Silence && isSaid(m_seen.owner, SocketWord::Agreed));
    if (m_seen.ownerWasTold || isKeptBack)
        return {};
    if (m_seen.hasChanged)
        return Text::tr("%1: a change of the test record of %2 was told to nobody, not even to its owner, so that it "
                        "does not show who would be told.")
            .arg(m_seen.routeName, m_look.owner);
    return Text::tr("%1: no test record of %2 could be changed while others listened. Mark routes that create, change "
                    "and remove a record as safe to write.")
        .arg(m_seen.routeName, m_look.owner);
}

QString SubscriptionVerdict::open() const
{
    if (!m_seen.notTested.isEmpty())
        return m_seen.notTested;
    for (const QString &sentence :
         {ofOwner(), ofOther(m_seen.outsider, m_look.outsider), ofOther(m_seen.nobody, Text::tr("a stranger"))}) {
        if (!sentence.isEmpty())
            return sentence;
    }
    return {};
}

// What was left out hides nothing that was found before: it was not said then either.
QString SubscriptionVerdict::remark() const
{
    if (m_seen.leftOut == 0)
        return {};
    return Text::tr("Not said on %1: %n message(s) of a page. What may change something, or is not understood, stays "
                    "unsaid.",
                    nullptr, m_seen.leftOut)
        .arg(m_seen.routeName);
}

QJsonObject SubscriptionVerdict::row() const
{
    return {{u"route"_s, m_seen.routeName},         {u"dialect"_s, cockpit::toWord(m_seen.dialect)},
            {u"owner"_s, wordFor(m_seen.owner)},    {u"outsider"_s, wordFor(m_seen.outsider)},
            {u"made_up"_s, wordFor(m_seen.madeUp)}, {u"nobody"_s, wordFor(m_seen.nobody)},
            {u"changed"_s, m_seen.hasChanged},      {u"owner_was_told"_s, m_seen.ownerWasTold},
            {u"left_out"_s, m_seen.leftOut}};
}

std::vector<Finding> SubscriptionVerdict::findings() const
{
    auto found = crossing();
    if (!found)
        found = lead();
    return found ? std::vector{std::move(*found)} : std::vector<Finding>();
}

} // namespace

SocketJudgement judgeSubscriptions(const TenantLook &look)
{
    return judgeEach<SubscriptionVerdict>(look, look.subscriptions);
}

} // namespace cockpit
