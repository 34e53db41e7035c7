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
    const bool isClear = word == SocketWord::Refused || word == SocketWord::Agreed || word == SocketWord::Unclear;
    if (one.word == SocketWord::Silence || isClear)
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
        if (!heard) {
            noteEnd(heard.error()); // what came before counts
            one.isBroken = true;
        }
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
    bool isSaid = true;
    for (std::size_t i = 0; i < messages.size() && isSaid && !isOver(); ++i) {
        one.seen.said += messages[i] + '\n';
        const auto said = one.socket->say(messages[i]);
        isSaid = said.has_value();
        if (!said) {
            noteEnd(said.error());
            continue;
        }
        const bool isLast = i + 1 == messages.size();
        listen(one, Deadline::in(isLast ? kSocketPatience : kBetweenMessages), [&](const QByteArray &message) {
            const SocketWord word = wordIn(how.script, message);
            // That a greeting was taken subscribes to nothing.
            if (isLast || word == SocketWord::Refused || word == SocketWord::Unclear)
                keepWord(one.seen, word);
            return !isLast || word == SocketWord::Agreed || word == SocketWord::Refused;
        });
    }
    one.isBroken = one.isBroken || !isSaid;
    takeEnd(one);
}

// Who was let in and then thrown out is told of nothing any more, for the reason that the end gives, or the last
// message before it.
void CrossingLook::takeEnd(Listening &one)
{
    const bool hasEnded = one.isBroken || one.socket->isClosed();
    if (hasEnded && one.seen.word != SocketWord::Refused && one.seen.word != SocketWord::Unclear)
        one.seen.word = wordOfEnd(one.socket->closeCode());
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
        one.seen.word = isRefusedHandshake(one.seen.opened.answer) ? SocketWord::Refused : SocketWord::Unclear;
    return one;
}

void CrossingLook::changeAndListen(SubscriptionTry &result, const Planted &planted, Listening &owner,
                                   std::span<Listening *const> others)
{
    // What was said of the record before is no news.
    const QString text = newTextFor(planted.canary);
    const auto tells = [word = text.toUtf8()](const QByteArray &message) { return message.contains(word); };
    const auto change = changeOf(planted, text);
    const auto changed = change ? ask(m_askers.owner, *change) : std::nullopt;
    result.hasChanged = changed && changed->status < 400;
    if (result.hasChanged)
        hearOfChange(result, owner, others, tells);
    // As it was, for whoever comes next, and so that it is known again when it is removed. Where no answer came it may
    // have been changed all the same.
    if (const auto back = changeOf(planted, planted.canary.text); change && back)
        std::ignore = ask(m_askers.owner, *back);
}

void CrossingLook::hearOfChange(SubscriptionTry &result, Listening &owner, std::span<Listening *const> others,
                                const std::function<bool(const QByteArray &message)> &tells)
{
    listen(owner, Deadline::in(kNewsPatience), [&](const QByteArray &message) {
        result.ownerWasTold = tells(message);
        return result.ownerWasTold;
    });
    for (Listening *one : others) {
        listen(*one, Deadline::in(result.ownerWasTold ? kOthersPatience : kGlance), tells);
        takeEnd(*one);
    }
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
    result.leftOut = script->leftOut;
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
    if (owner->socket && owner->seen.word != SocketWord::Refused && owner->seen.word != SocketWord::Unclear)
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

QString CrossingLook::sentenceOf(const UnsaidSocket &socket)
{
    const QString name = routeName(socket.route);
    switch (socket.why) {
    case NotSaid::Nothing:
        return {};
    case NotSaid::MayChange:
        return Text::tr("%1: nothing that a page says there only asks to be told of changes. It may change something, "
                        "or is not understood, so that it was not said.")
            .arg(name);
    case NotSaid::Signed:
        return Text::tr("%1: each subscription is signed by your server, so that it was not tried.").arg(name);
    case NotSaid::Unknown:
        return Text::tr("%1: what a page says there holds a secret that is not a session's token, so that it was not "
                        "tried.")
            .arg(name);
    }
    Q_UNREACHABLE();
}

void CrossingLook::trySubscriptions()
{
    for (const SocketSubscription &subscription : m_routes.subscriptions.tried) {
        if (!isOver())
            m_result.subscriptions.push_back(trySubscription(subscription));
    }
    for (const Route &route : m_routes.subscriptions.left) {
        const QString name = routeName(route);
        m_result.subscriptions.push_back(
            {.routeName = name,
             .notTested = Text::tr("%1: the project knows more subscriptions than one run tries.").arg(name)});
    }
    for (const UnsaidSocket &socket : m_routes.subscriptions.unsaid)
        m_result.subscriptions.push_back({.routeName = routeName(socket.route), .notTested = sentenceOf(socket)});
}

} // namespace cockpit
