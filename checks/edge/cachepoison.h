// The other way round of a leak: can a visitor put something into the cache that others get? (facts 10). Public pages
// are asked as a stranger with one header at a time in which proxies say where a request was meant for, holding a
// random token. Each header has an address of its own that nobody else asks for, so that whatever a cache keeps reaches
// no visitor. That a cache tells such addresses apart is shown first, by plain requests: the same one twice comes out
// of it, and another one does not. Where that does not show, nothing is tried, unless every answer forbids to keep it;
// the headers that lead a server to another page are not sent even then. Proven: the token comes again without the
// header at that address, and not at another one.
#pragma once

#include "checks/actors/routeaddress.h"
#include "checks/edge/cacheleak.h"

#include <QJsonArray>

#include <span>

namespace cockpit {

enum class PoisonVerdict {
    Untouched,
    Reflected, // it stands in the answer to who sent it: a cache in front may keep that
    Poisoned,
    Untold,
};
QString toWord(PoisonKey key);
QString toWord(PoisonVerdict verdict);
PoisonVerdict verdictOf(const PoisonTry &one);

// Of the answers to plain requests: at one address twice, and at another one.
PoisonKey poisonKeyOf(const HttpResponse &first, const HttpResponse &again, const HttpResponse &other);
// Whether the header may be sent to a page with such a key.
bool maySend(const QByteArray &header, PoisonKey key);

// The headers of proxies that may end up in an answer. None of them breaks a page for who gets it.
std::span<const char *const> poisonHeaders();
// The header with a token of its own in the form that it wants; the token is random each time.
PoisonTry newPoisonTry(const QByteArray &header);
QByteArray poisonValue(const PoisonTry &one);

// First pages and public reads, kMostPoisonPages at most; of the hosts that `gate` covers where there is one.
constexpr std::size_t kMostPoisonPages = 2;
std::vector<AskableRoute> publicPages(const Target &target, const ProjectFacts &facts,
                                      const ActiveGate *gate = nullptr);

// A page is proven twice at most.
constexpr int kMostPoisonProofs = 2;
int poisonCeiling(std::size_t pages);
// Appends to CacheLook::poison; what was not tried, and why, is in CacheLook::notPoisoned. What ends it early says
// nothing against the private pages, which were tried before.
void tryPoison(CacheLook &look, std::span<const AskableRoute> pages, Wire &wire);

// Findings cache_poisoned and header_reflected, one for each page.
std::vector<Finding> poisonFindings(const CacheLook &look);
QJsonArray poisonRows(const CacheLook &look);

} // namespace cockpit
