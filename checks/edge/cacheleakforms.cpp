#include "checks/edge/cacheleakforms.h"

#include "models/routes/routelist.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

bool tellsWho(const Route &route)
{
    static const QRegularExpression words(
        u"/(?:me|whoami|account|profile|user|session|settings|dashboard|home|billing|orders|invoices)(?:$|[/.])"_s,
        QRegularExpression::CaseInsensitiveOption);
    return words.match(route.path).hasMatch();
}

bool isPersonal(const Route &route)
{
    return route.method == "GET"_L1 && onlyReads(route) && route.access != AccessClass::Public;
}

} // namespace

QString newCacheWord()
{
    constexpr int kLetters = 12;
    QString word = u"lc"_s;
    for (int i = 0; i < kLetters; ++i)
        word += QChar(u'a' + QRandomGenerator::system()->bounded(26));
    return word;
}

QUrl withCacheWord(const QUrl &url, const QString &word)
{
    QUrlQuery query(url);
    query.addQueryItem(u"lc"_s, word);
    QUrl busted = url;
    busted.setQuery(query);
    return busted;
}

std::vector<QUrl> decoysOf(const QUrl &url, const QString &word)
{
    // What routers read as the end of the path, and caches do not (facts 10).
    static constexpr std::array kSeparators{"/%1.css",   "/%1.js",    "/%1.ico",   ";%1.css",     "%2f%1.css",
                                            "%0a%1.css", "%23%1.css", "%3f%1.css", "/..%2f%1.css"};
    std::vector<QUrl> decoys;
    QByteArray path = url.path(QUrl::FullyEncoded).toLatin1();
    while (path.endsWith('/'))
        path.chop(1);
    if (path.isEmpty())
        return decoys;
    QUrl bare = url;
    bare.setPath({});
    bare.setQuery(QString());
    for (const char *separator : kSeparators) {
        const QByteArray end = QByteArray(separator).replace("%1", word.toLatin1());
        decoys.push_back(QUrl::fromEncoded(bare.toEncoded() + path + end, QUrl::TolerantMode));
    }
    return decoys;
}

PersonalPages personalPages(const Target &target, const ProjectFacts &facts)
{
    std::vector<Route> routes;
    std::ranges::copy_if(facts.routes, std::back_inserter(routes), isPersonal);
    std::stable_partition(routes.begin(), routes.end(), tellsWho);
    PersonalPages pages{.asked = askableReads(target, routes, routes.size()).routes};
    constexpr auto kMost = static_cast<std::size_t>(kMostCachePages);
    for (std::size_t i = kMost; i < pages.asked.size(); ++i)
        pages.leftOut.append(routeName(pages.asked[i].route));
    if (pages.asked.size() > kMost)
        pages.asked.resize(kMost);
    return pages;
}

} // namespace cockpit
