// Whether an account is who it should be, in a sentence.
#include "checks/actors/actorsession.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(ActorSession)
};

// The product's answer, and not that nobody could ask.
bool isAnswer(const Error &error)
{
    return error.kind == ErrorKind::NotPermitted || error.kind == ErrorKind::Protocol ||
           error.kind == ErrorKind::BadInput || error.kind == ErrorKind::NotFound;
}

bool isMail(const QString &name)
{
    return name.contains(u'@');
}

ActorHealth named(const QString &name, const TestActor &actor)
{
    // Names may be spelled in many ways, addresses in one.
    const bool isOther =
        isMail(name) && isMail(actor.userName) && name.compare(actor.userName, Qt::CaseInsensitive) != 0;
    if (isOther)
        return {false, name, Text::tr("Signed in as %1, and not as %2.").arg(name, actor.userName)};
    if (name.isEmpty())
        return {true, {}, Text::tr("Signed in. The answer does not say as whom.")};
    return {true, name, Text::tr("Signed in as %1.").arg(name)};
}

} // namespace

Result<ActorHealth> ActorSession::health()
{
    if (!m_wire->isReady())
        return tl::unexpected<Error>(m_wire->isReady().error());
    const auto ready = signIn();
    if (!ready && isAnswer(ready.error()))
        return ActorHealth{false, {}, ready.error().message};
    if (!ready)
        return tl::unexpected<Error>(ready.error());
    if (m_actor.whoAmIUrl.isEmpty()) {
        if (!asksToSignIn(m_actor.signIn.kind))
            return ActorHealth{false,
                               {},
                               Text::tr("Nobody can tell whether this session is good: name the address that "
                                        "says who is signed in.")};
        return ActorHealth{true,
                           {},
                           Text::tr("The sign-in worked. Name the address that says who is signed in, to be "
                                    "sure.")};
    }
    const auto name = whoAmI();
    if (name)
        return named(*name, m_actor);
    if (isAnswer(name.error()))
        return ActorHealth{false, {}, name.error().message};
    return tl::unexpected<Error>(name.error());
}

Result<ActorHealth> tryActor(const TestActor &actor, ActiveTerms terms, const NetOptions &net, const CancelToken &token,
                             std::vector<LoggedRequest> *log)
{
    constexpr int kQuestions = 1; // who that is
    constexpr std::chrono::seconds kLongest{30};
    // The gate keeps half of the budget for the sign-in.
    terms.budget.requests = 2 * kSignInRequests;
    std::erase_if(terms.secrets, [&](const auto &one) { return one.first != actor.id; });
    const auto gate = std::make_shared<ActiveGate>(std::move(terms));
    Observations seen(net, token, Deadline::in(kLongest), nullptr, passiveBudget(1), gate);
    Wire wire(seen, u"access.account"_s, kQuestions);
    auto health = ActorSession(actor, wire).health();
    if (log)
        *log = gate->log();
    return health;
}

} // namespace cockpit
