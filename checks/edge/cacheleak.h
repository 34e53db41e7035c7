// edge.cache-leak: a page of somebody who is signed in does not come out of a cache for somebody else (facts 10).
// Private pages are asked as a test account and then, at the very same address, as a stranger and as another account:
// what only the first one has in the answer of the others is the proof. Each address carries a random word that nobody
// else asks for, so that a copy is handed to no real visitor; where an answer shows that a cache leaves that word out
// of its key, nothing is asked as an account. A cache that does so and shows it in no answer may keep the account's
// copy. Of pages that show something private it is also tried whether they come back at addresses that look like a
// file's ("/account/x.css"), which caches keep by their ending. Last, whether a visitor can put something into the
// cache (cachepoison.h). observed: "account", "other" (absent: none), "pages":
// [{"url","status","cache_control","vary","cache": hit|miss|bypass|unknown|null,"key_has_query":
// bool?,"private_texts","result": kept_apart|leaked|unclear|not_tried, "why": sentence?}], "file_names":
// [{"url","serves_page": bool,"leaked": bool}], "poisoning": [{"url","key":
// with_query|without_query|nothing_kept|untold,"headers": {name: untouched|reflected|poisoned|untold}}], "left_out":
// [routes], "not_tried_as_files": [routes], "broken_off": sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/actors/markers.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <optional>
#include <vector>

namespace cockpit {

// What one person got at an address.
struct CacheAsk
{
    ActiveRequest request; // as it was sent, without what makes it somebody's
    HttpResponse answer;
};

// The others at the address that the account had just asked.
struct CacheTrial
{
    std::optional<CacheAsk> owner, again; // the account, twice: some caches keep at the second time
    std::optional<CacheAsk> stranger, other;
};

struct CachePage
{
    QString routeName;                                   // "GET /account"
    QUrl url;                                            // without the random word
    std::optional<CacheAsk> strangerBefore, otherBefore; // at addresses of their own, before the account asked
    CacheTrial trial;
    bool isKeyWithoutQuery = false; // a new word was answered out of a cache
};

// An address that looks like a file's.
struct CacheDecoy
{
    QString routeName;
    CacheTrial trial;
};

// One header at a page that everybody may see (cachepoison.h).
struct PoisonTry
{
    QByteArray header;
    QByteArray token;                         // what stands in the header and nowhere else
    std::optional<CacheAsk> asked;            // with the header
    std::optional<CacheAsk> again, elsewhere; // without it: at the same address, and at another one
};

// Of a page that is to be tried so, as its answers to plain requests show.
enum class PoisonKey {
    Untold,       // it may be that a copy made by us reaches real visitors
    WithQuery,    // the same word came out of a cache, and a new one did not: our copies are ours
    WithoutQuery, // a new word was answered out of a cache
    NothingKept,  // each answer forbids caches to keep it
};

struct PoisonPage
{
    QString routeName; // "GET /"
    QUrl url;          // without the random word
    PoisonKey key = PoisonKey::Untold;
    bool isOpen = false; // not tried, or not to the end
    std::vector<PoisonTry> tries;
};

struct CacheLook
{
    QString account, other; // names; other may be empty
    bool hasToken = false;  // the account sends Authorization (RFC 9111 section 3.5)
    std::vector<CachePage> pages;
    std::vector<CacheDecoy> decoys;
    QStringList leftOut = {};         // routes of pages beyond kMostCachePages
    QStringList notTriedAsFiles = {}; // of pages that show something private, beyond kMostDecoyed
    std::vector<PoisonPage> poison = {};
    QString notPoisoned = {}; // a sentence: why that was not tried
    Markers markers;
    QString brokenOff = {};
    std::vector<Secret> known = {};
    int requests = 0;
};

// Of one look: each page is asked about ten times, each with names of files about thirty times more.
constexpr int kMostCachePages = 6;
constexpr int kMostDecoyed = 2;

// With the word in its query, behind what stands there.
QUrl withCacheWord(const QUrl &url, const QString &word);
// The page under names that look like a file's: "/account/<word>.css", ";<word>.css", "%2f<word>.css" and others.
std::vector<QUrl> decoysOf(const QUrl &url, const QString &word);

enum class CacheVerdict { KeptApart, Leaked, Unclear, NotTried };
CacheVerdict verdictOf(const CacheLook &look, const CachePage &page);
bool servesPage(const CacheLook &look, const CacheDecoy &decoy); // the account's own page came back there
bool hasLeaked(const CacheLook &look, const CacheDecoy &decoy);

Judged judgeCacheLeak(const CacheLook &look);
Check cacheLeakCheck();

} // namespace cockpit
