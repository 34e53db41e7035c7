// The part of the attack that subscribes on WebSockets: the owner, another customer and a stranger say the same, and
// the owner changes its test record while they listen. Who is told of it, and does not own it, is the leak.
#include "checks/access/crossinglook.h"
#include "checks/access/sockethandshake.h"
#include "checks/actors/routeaddress.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(TenantIsolation)
};

// Between two messages, for the answer to the first: who subscribes before the opening was agreed to is thrown out
// (4401 in graphql-transport-ws).
constexpr std::chrono::milliseconds kBetweenMessages{700};
// Until the owner is told of a change; and once it was, until the others would have been told, too.
constexpr std::chrono::milliseconds kNewsPatience{2500};
constexpr std::chrono::milliseconds kOthersPatience{700};
// To read what lies there already.
constexpr std::chrono::milliseconds kGlance{50};

void keepWord(Subscriber &one, SocketWord word)
{
    if (one.word == SocketWord::Silence || word == SocketWord::Refused || word == SocketWord::Agreed)
        one.word = word == SocketWord::Silence ? one.word : word;
}

// Ids that nobody has; empty where one of them cannot be made up.
std::vector<NamedId> madeUpLike(std::vector<NamedId> ids)
{
    for (NamedId &one : ids)
        one.id = inventedIdLike(one.id);
    const bool isPart = std::ranges::any_of(ids, [](const NamedId &one) { return one.id.isEmpty(); });
    return isPart ? std::vector<NamedId>() : ids;
}

} // namespace

void CrossingLook::listen(Listening &one, Deadline until,
                          const std::function<bool(const QByteArray &message)> &isEnough)
{
    while (one.socket && !isOver()) {
        const auto heard = one.socket->hear(until);
        if (!heard)
            noteEnd(heard.error()); // what came before counts
        if (!heard || !*heard)
            return;
        one.seen.opened.answer.body += **heard + '\n';
        if (isEnough(**heard))
            return;
    }
}

void CrossingLook::say(Listening &one, const Subscribing &how, const SocketWords &words)
{
    const std::vector<QByteArray> messages = messagesFor(how.script, words);
    const auto isAnything = [](const QByteArray &) { return true; };
    if (how.script.dialect == SocketDialect::SocketIo) // the server speaks first
        listen(one, Deadline::in(kBetweenMessages), isAnything);
    for (std::size_t i = 0; i < messages.size() && !isOver(); ++i) {
        one.seen.said += messages[i] + '\n';
        if (const auto said = one.socket->say(messages[i]); !said) {
            noteEnd(said.error());
            break;
        }
        const bool isLast = i + 1 == messages.size();
        listen(one, Deadline::in(isLast ? kSocketPatience : kBetweenMessages), [&](const QByteArray &message) {
            const SocketWord word = wordIn(how.script, message);
            // That a greeting was taken subscribes to nothing.
            if (isLast || word == SocketWord::Refused)
                keepWord(one.seen, word);
            return !isLast || word == SocketWord::Agreed || word == SocketWord::Refused;
        });
    }
    if (one.socket->isClosed() && one.seen.word != SocketWord::Agreed)
        one.seen.word = SocketWord::Refused;
}

std::optional<CrossingLook::Listening> CrossingLook::subscribe(ActorSession *session, const Subscribing &how,
                                                               const std::vector<NamedId> &ids)
{
    const auto request = handshakeFor(how.route, how.script);
    if (!request || isOver())
        return std::nullopt;
    auto opened = session ? session->open(*request) : m_askers.wire.open(*request);
    if (!opened) {
        noteEnd(opened.error());
        return std::nullopt;
    }
    auto answer = noted(std::move(opened->answer));
    if (!answer)
        return std::nullopt;
    Listening one{.seen = {.opened = {.sent = *request, .answer = std::move(*answer)}},
                  .socket = std::move(opened->socket)};
    SocketWords words{.ids = ids};
    if (session) {
        if (const auto dressed = session->prepared(*request))
            one.seen.opened.sent = *dressed;
        if (const auto token = session->session().token)
            words.token = token->reveal();
    }
    if (one.socket)
        say(one, how, words);
    else
        one.seen.word = SocketWord::Refused;
    return one;
}

void CrossingLook::changeAndListen(SubscriptionTry &result, const Planted &planted, Listening &owner,
                                   std::span<Listening *const> others)
{
    // What was said of the record before is no news.
    const QByteArray text = changedText(planted.canary).toUtf8();
    const auto tells = [&text](const QByteArray &message) { return message.contains(text); };
    result.hasChanged = changeAsOwner(planted);
    if (!result.hasChanged)
        return;
    listen(owner, Deadline::in(kNewsPatience), [&](const QByteArray &message) {
        result.ownerWasTold = tells(message);
        return result.ownerWasTold;
    });
    for (Listening *one : others)
        listen(*one, Deadline::in(result.ownerWasTold ? kOthersPatience : kGlance), tells);
}

SubscriptionTry CrossingLook::trySubscription(const SocketSubscription &subscription)
{
    SubscriptionTry result{.routeName = routeName(subscription.route)};
    const Planted *planted = plantedNamedBy(subscription);
    const auto script = scriptFor(subscription, planted);
    if (!script) {
        result.notTested = Text::tr("%1: no test record could be made to subscribe to.").arg(result.routeName);
        return result;
    }
    result.dialect = script->dialect;
    result.namesRecord = !resourcesIn(*script).isEmpty();
    const std::vector<NamedId> ids = idsFor(*script, planted);
    if (result.namesRecord && ids.empty()) {
        result.notTested = Text::tr("%1: no id was found that only %2 has.").arg(result.routeName, m_result.owner);
        return result;
    }
    const Subscribing how{subscription.route, *script};
    auto owner = subscribe(&m_askers.owner, how, ids);
    if (!owner) {
        result.notTested = Text::tr("%1 did not answer.").arg(result.routeName);
        return result;
    }
    if (owner->socket && owner->seen.word != SocketWord::Refused)
        listenTogether(result, how, ids, planted, *owner);
    result.owner = std::move(owner->seen);
    return result;
}

// The others say the same as the owner, whose connection stands.
void CrossingLook::listenTogether(SubscriptionTry &result, const Subscribing &how, const std::vector<NamedId> &ids,
                                  const Planted *planted, Listening &owner)
{
    auto outsider = subscribe(&m_askers.outsider, how, ids);
    auto nobody = subscribe(nullptr, how, ids);
    std::vector<Listening *> others;
    for (auto *one : {&outsider, &nobody}) {
        if (*one && (*one)->socket)
            others.push_back(&**one);
    }
    if (planted)
        changeAndListen(result, *planted, owner, others);
    // That it was agreed to may mean something, as no event tells.
    const std::vector<NamedId> madeUp = madeUpLike(ids);
    if (outsider && outsider->seen.word == SocketWord::Agreed && !result.ownerWasTold && !madeUp.empty()) {
        if (auto one = subscribe(&m_askers.outsider, how, madeUp))
            result.madeUp = std::move(one->seen);
    }
    if (outsider)
        result.outsider = std::move(outsider->seen);
    if (nobody)
        result.nobody = std::move(nobody->seen);
}

void CrossingLook::trySubscriptions()
{
    for (const SocketSubscription &subscription : m_routes.subscriptions) {
        if (!isOver())
            m_result.subscriptions.push_back(trySubscription(subscription));
    }
}

} // namespace cockpit
