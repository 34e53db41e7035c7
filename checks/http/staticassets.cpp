#include "checks/http/staticassets.h"

#include "checks/net/urlhost.h"
#include "checks/web/address.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kTextTypes{"javascript", "text/css", "svg", "json", "text/plain", "wasm", "font/ttf", "xml"};

int countOf(const QRegularExpression &pattern, const QString &text, int (*worth)(const QRegularExpressionMatch &))
{
    int sum = 0;
    for (auto it = pattern.globalMatch(text); it.hasNext();)
        sum += worth(it.next());
    return sum;
}

// How much of a text reads as words, in percent of its letters: "LoginForm" 100, "DkR3xQ2z" 0. A word has a vowel, or
// is one that files are called by.
int percentOfWords(const QString &text)
{
    static const QRegularExpression letter(u"[A-Za-z]"_s);
    static const QRegularExpression word(
        u"(?i:html|http|css|svg|xml)|(?=[AEIOUY]|[A-Z]?[a-z]*[aeiouy])[A-Z]?[a-z]{2,}"_s);
    const auto length = [](const QRegularExpressionMatch &match) { return static_cast<int>(match.capturedLength()); };
    const int letters = countOf(letter, text, length);
    return letters == 0 ? 0 : 100 * countOf(word, text, length) / letters;
}

// Bundlers write hashes in hex, base 36, base 32 or base 64. Letters alone may be one, and may be a name.
Naming namingOfWord(const QString &word)
{
    static const QRegularExpression hex(u"^(?=.*\\d)[0-9a-f]{8,64}$"_s);
    static const QRegularExpression capital(u"[A-Z]"_s);
    static const QRegularExpression digits(u"\\d+"_s);
    constexpr int kMostlyWords = 75;
    constexpr qsizetype kLongestHash = 32; // in letters of both kinds
    if (hex.match(word).hasMatch())
        return Naming::ByContent;
    const int runs = countOf(digits, word, [](const QRegularExpressionMatch &) { return 1; });
    if (word.size() > kLongestHash)
        return Naming::Stays;
    // With two numbers in it ("vue3router4") it is a name that stays, or a hash that happens to read well.
    if (percentOfWords(word) >= kMostlyWords)
        return runs <= 1 ? Naming::Stays : Naming::Unclear;
    const bool isMixed = runs > 1 || (runs == 1 && capital.match(word).hasMatch());
    return isMixed ? Naming::ByContent : Naming::Unclear;
}

// The last part of the name, from the rest by a mark ("index-DkR3xQ2z.css"), and the whole.
QStringList wordsThatMayBeHashes(const QString &path)
{
    static const QRegularExpression lastPart(
        u"[-.]([A-Za-z0-9_]{8,64})(?:\\.(?:min|chunk|module|bundle))?\\.[a-z0-9]{2,5}$"_s);
    static const QRegularExpression lastWithMarks(
        u"[-.]([A-Za-z0-9_-]{8,64})(?:\\.(?:min|chunk|module|bundle))?\\.[a-z0-9]{2,5}$"_s);
    static const QRegularExpression wholeName(u"/([A-Za-z0-9_-]{8,64})\\.[a-z0-9]{2,5}$"_s);
    QStringList words;
    for (const QRegularExpression *pattern : {&lastPart, &lastWithMarks, &wholeName}) {
        if (const auto match = pattern->match(path); match.hasMatch())
            words.append(match.captured(1));
    }
    return words;
}

// "?v=41" is counted up by a build; "?id=7" and "?h=200" only say which one, unless they hold a hash.
Naming namingOfQuery(const QUrl &url)
{
    static const QRegularExpression version(u"^(?:v|ver|version|hash|rev|build)$"_s);
    static const QRegularExpression perhaps(u"^(?:h|t|id)$"_s);
    static const QRegularExpression hash(u"^(?=.*\\d)(?=.*[a-f])[0-9a-f]{4,64}$"_s);
    static const QRegularExpression moment(u"^\\d{10,13}$"_s); // of the build, or of each visit
    Naming naming = Naming::Stays;
    for (const auto &[name, value] : QUrlQuery(url).queryItems()) {
        const bool isPerhaps = perhaps.match(name).hasMatch();
        if (version.match(name).hasMatch() || (isPerhaps && hash.match(value).hasMatch()))
            return Naming::ByContent;
        if (isPerhaps && moment.match(value).hasMatch())
            naming = Naming::Unclear;
    }
    return naming;
}

bool isKeptKind(PartKind kind)
{
    switch (kind) {
    case PartKind::Script:
    case PartKind::Preload:
    case PartKind::Stylesheet:
    case PartKind::Image:
    case PartKind::ImageSet:
        return true;
    case PartKind::Frame:
    case PartKind::Plugin:
    case PartKind::Media:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

Naming namingOf(const QUrl &url)
{
    const QString path = url.path();
    if (path.contains("/_next/static/"_L1) || path.contains("/_app/immutable/"_L1))
        return Naming::ByContent;
    std::vector<Naming> found{namingOfQuery(url)};
    const QStringList words = wordsThatMayBeHashes(path);
    found.reserve(1 + static_cast<size_t>(words.size()));
    std::ranges::transform(words, std::back_inserter(found), namingOfWord);
    for (const Naming naming : {Naming::ByContent, Naming::Unclear}) {
        if (std::ranges::find(found, naming) != found.end())
            return naming;
    }
    return Naming::Stays;
}

std::vector<PagePart> ownAssets(const HtmlPage &page, const QUrl &url)
{
    std::vector<PagePart> assets;
    for (const PagePart &part : page.parts) {
        const bool isOurs = part.url.scheme() == "https"_L1 && isSameSite(hostOf(part.url), hostOf(url));
        const bool isNew = std::ranges::find(assets, part.url, &PagePart::url) == assets.end();
        if (isOurs && isNew && isKeptKind(part.kind) && assets.size() < kMostAssets)
            assets.push_back(part);
    }
    return assets;
}

StaticAsset assetOf(const HttpResponse &answer)
{
    StaticAsset asset{.url = answer.url, .policy = cachePolicyOf(answer), .hit = cacheHitIn(answer)};
    asset.bytes = answer.body.size();
    const QByteArray type = answer.header("content-type").value_or(QByteArray()).toLower();
    asset.isText = std::ranges::any_of(kTextTypes, [&](const char *text) { return type.contains(text); });
    asset.isPacked = answer.header("content-encoding").has_value();
    asset.naming = namingOf(answer.url);
    asset.setsCookie = answer.header("set-cookie").has_value();
    return asset;
}

} // namespace cockpit
