#include "checks/edge/cachepoison.h"

#include "checks/edge/cacheleakforms.h"
#include "checks/http/cachehit.h"
#include "checks/http/cachepolicy.h"
#include "checks/net/urlhost.h"
#include "checks/web/address.h"
#include "checks/web/obstacle.h"
#include "models/routes/routelist.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kHeaders{"X-Forwarded-Host", "X-Host",        "X-Forwarded-Scheme", "X-Forwarded-Proto",
                              "X-Original-URL",   "X-Rewrite-URL", "Forwarded",          "X-Forwarded-Port"};

constexpr int kAsksForKey = 3;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CachePoison)
};

QByteArray randomPort()
{
    constexpr int kFirst = 20000;
    constexpr int kLast = 65000;
    return QByteArray::number(QRandomGenerator::system()->bounded(kFirst, kLast));
}

bool holds(const CacheAsk &asked, const QByteArray &token)
{
    const auto isIn = [&](const Header &header) { return header.value.contains(token); };
    return asked.answer.body.contains(token) || std::ranges::any_of(asked.answer.headers, isIn);
}

// A refusal is the product's own; what a limit or a broken server says tells nothing.
bool tells(const std::optional<CacheAsk> &asked)
{
    if (!asked)
        return false;
    const auto obstacle = obstacleIn(asked->answer);
    return !obstacle || *obstacle == Obstacle::Refused;
}

class Poisoner
{
public:
    Poisoner(CacheLook &look, Wire &wire) : m_look(look), m_wire(wire) {}

    void tryPage(const AskableRoute &route);
    QString whyOpen() const; // of all pages: a sentence; empty when each was tried

private:
    PoisonKey keyOf(const PoisonPage &page);
    void tryHeaders(PoisonPage &page);
    std::optional<CacheAsk> ask(const PoisonPage &page, const QUrl &url, const PoisonTry *with = nullptr);
    PoisonTry attempt(const PoisonPage &page, const QByteArray &header, bool mayProve);
    bool isOver() const { return !m_end.isEmpty(); }

    CacheLook &m_look;
    Wire &m_wire;
    QString m_end; // a sentence: why no more is asked
};

std::optional<CacheAsk> Poisoner::ask(const PoisonPage &page, const QUrl &url, const PoisonTry *with)
{
    if (isOver())
        return std::nullopt;
    ActiveRequest request;
    request.url = url;
    request.routeName = page.routeName;
    if (with)
        request.headers = {{with->header, poisonValue(*with)}};
    auto answer = m_wire.send(request);
    if (!answer) {
        const bool ends = answer.error().kind == ErrorKind::Cancelled || answer.error().kind == ErrorKind::NotPermitted;
        if (ends || m_wire.seen().isOver())
            m_end = answer.error().message;
        return std::nullopt;
    }
    if (obstacleIn(*answer) == Obstacle::TooManyRequests)
        m_end = describe(Obstacle::TooManyRequests, *answer);
    return CacheAsk{std::move(request), std::move(*answer)};
}

PoisonTry Poisoner::attempt(const PoisonPage &page, const QByteArray &header, bool mayProve)
{
    PoisonTry one = newPoisonTry(header);
    const QUrl own = withCacheWord(page.url, newCacheWord());
    one.asked = ask(page, own, &one);
    if (!mayProve || verdictOf(one) != PoisonVerdict::Reflected)
        return one;
    one.again = ask(page, own);
    // A page that shows what others sent shows it everywhere, and out of no cache.
    if (one.again && holds(*one.again, one.token))
        one.elsewhere = ask(page, withCacheWord(page.url, newCacheWord()));
    return one;
}

PoisonKey Poisoner::keyOf(const PoisonPage &page)
{
    const QUrl own = withCacheWord(page.url, newCacheWord());
    const auto first = ask(page, own);
    if (!tells(first))
        return PoisonKey::Untold;
    const auto again = ask(page, own);
    const auto other = ask(page, withCacheWord(page.url, newCacheWord()));
    if (!tells(again) || !tells(other))
        return PoisonKey::Untold;
    return poisonKeyOf(first->answer, again->answer, other->answer);
}

void Poisoner::tryHeaders(PoisonPage &page)
{
    int proven = 0;
    for (const char *header : kHeaders) {
        if (isOver())
            return;
        if (!maySend(header, page.key))
            continue;
        PoisonTry one = attempt(page, header, proven < kMostPoisonProofs);
        // A new word was answered out of a cache after all.
        if (one.asked && cachePolicyOf(one.asked->answer).wasServedFromCache)
            page.key = PoisonKey::WithoutQuery;
        proven += verdictOf(one) == PoisonVerdict::Poisoned ? 1 : 0;
        if (one.asked)
            page.tries.push_back(std::move(one));
    }
}

void Poisoner::tryPage(const AskableRoute &route)
{
    PoisonPage page{.routeName = routeName(route.route), .url = route.url, .tries = {}};
    page.key = keyOf(page);
    tryHeaders(page);
    page.isOpen = isOver() || page.key == PoisonKey::Untold || page.key == PoisonKey::WithoutQuery;
    m_look.poison.push_back(std::move(page));
}

QString Poisoner::whyOpen() const
{
    if (isOver())
        return m_end;
    QStringList names;
    for (const PoisonPage &page : m_look.poison) {
        if (page.isOpen)
            names.append(page.routeName);
    }
    return names.isEmpty() ? QString()
                           : Text::tr("Whether a visitor can put something into a cache was not tried at %1: no answer "
                                      "showed that a copy made by us would stay away from real visitors.")
                                 .arg(names.join(u", "_s));
}

} // namespace

PoisonKey poisonKeyOf(const HttpResponse &first, const HttpResponse &again, const HttpResponse &other)
{
    const auto isFromCache = [](const HttpResponse &answer) { return cachePolicyOf(answer).wasServedFromCache; };
    if (isFromCache(first) || isFromCache(other))
        return PoisonKey::WithoutQuery;
    if (const auto hit = cacheHitIn(other); isFromCache(again) && hit && hit->state == CacheState::Miss)
        return PoisonKey::WithQuery;
    const auto isKeptByNobody = [&](const HttpResponse *answer) {
        const CachePolicy policy = cachePolicyOf(*answer);
        return !policy.wasServedFromCache && (policy.shared.noStore || policy.shared.isPrivate);
    };
    const std::array answers{&first, &again, &other};
    return std::ranges::all_of(answers, isKeptByNobody) ? PoisonKey::NothingKept : PoisonKey::Untold;
}

// By those two the answer is another page, which must not stand where real visitors ask: no word of an answer is
// enough for that.
bool maySend(const QByteArray &header, PoisonKey key)
{
    return key == PoisonKey::WithQuery || (key == PoisonKey::NothingKept && !header.endsWith("URL"));
}

std::span<const char *const> poisonHeaders()
{
    return kHeaders;
}

PoisonTry newPoisonTry(const QByteArray &header)
{
    PoisonTry one{.header = header, .token = {}, .asked = {}, .again = {}, .elsewhere = {}};
    one.token = header == "X-Forwarded-Port" ? ':' + randomPort() : newCacheWord().toLatin1();
    return one;
}

// Hosts under ".invalid" are nobody's (RFC 2606).
QByteArray poisonValue(const PoisonTry &one)
{
    if (one.header.endsWith("Host"))
        return one.token + ".invalid";
    if (one.header == "Forwarded")
        return "host=" + one.token + ".invalid";
    if (one.header.endsWith("URL"))
        return '/' + one.token;
    return one.header == "X-Forwarded-Port" ? one.token.mid(1) : one.token;
}

PoisonVerdict verdictOf(const PoisonTry &one)
{
    if (!tells(one.asked))
        return PoisonVerdict::Untold;
    if (!holds(*one.asked, one.token))
        return PoisonVerdict::Untouched;
    const bool isKept = one.again && holds(*one.again, one.token);
    const bool isThereAlone = tells(one.elsewhere) && !holds(*one.elsewhere, one.token);
    return isKept && isThereAlone ? PoisonVerdict::Poisoned : PoisonVerdict::Reflected;
}

std::vector<AskableRoute> publicPages(const Target &target, const ProjectFacts &facts, const ActiveGate *gate)
{
    std::vector<Route> routes;
    for (const Host &host : target.hosts) {
        Route first;
        first.path = u"/"_s;
        first.host = host.name;
        first.access = AccessClass::Public;
        if (host.role != HostRole::Mail && host.role != HostRole::Www)
            routes.push_back(std::move(first));
    }
    std::ranges::copy_if(facts.routes, std::back_inserter(routes), [](const Route &route) {
        return route.method == "GET"_L1 && onlyReads(route) && route.access == AccessClass::Public &&
               route.path != "/"_L1 && !route.path.contains(u'{');
    });
    std::vector<AskableRoute> pages = askableReads(target, routes, routes.size()).routes;
    std::erase_if(pages, [&](const AskableRoute &page) { return gate && !gate->covers(hostOf(page.url)); });
    if (pages.size() > kMostPoisonPages)
        pages.resize(kMostPoisonPages);
    return pages;
}

int poisonCeiling(std::size_t pages)
{
    return static_cast<int>(pages) * (kAsksForKey + 2 * static_cast<int>(kHeaders.size()) + kMostPoisonProofs);
}

void tryPoison(CacheLook &look, std::span<const AskableRoute> pages, Wire &wire)
{
    Poisoner poisoner(look, wire);
    for (const AskableRoute &page : pages)
        poisoner.tryPage(page);
    look.notPoisoned = poisoner.whyOpen();
    look.requests += wire.sent();
}

} // namespace cockpit
