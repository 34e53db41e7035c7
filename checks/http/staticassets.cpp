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

// A hash in letters of its own: not a word, but capitals or digits in the middle of it ("DkR3xQ2z").
bool looksRandom(const QString &word)
{
    static const QRegularExpression hex(u"^(?=.*\\d)[0-9a-f]{8,64}$"_s);
    static const QRegularExpression mixed(u"^(?=.*[a-z])(?=.*[A-Z0-9])[A-Za-z0-9_-]{8,32}$"_s);
    static const QRegularExpression plainWord(u"^[A-Z]?[a-z]+\\d{0,2}$"_s);
    return hex.match(word).hasMatch() || (mixed.match(word).hasMatch() && !plainWord.match(word).hasMatch());
}

bool isKeptKind(PartKind kind)
{
    switch (kind) {
    case PartKind::Script:
    case PartKind::Preload:
    case PartKind::Stylesheet:
    case PartKind::Image:
        return true;
    case PartKind::Frame:
    case PartKind::Plugin:
    case PartKind::Media:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

bool isNamedByContent(const QUrl &url)
{
    static const QRegularExpression lastPart(
        u"[-.]([A-Za-z0-9_-]{8,64})(?:\\.(?:min|chunk|module|bundle))?\\.[a-z0-9]{2,5}$"_s);
    static const QRegularExpression wholeName(u"/([A-Za-z0-9_-]{8,64})\\.[a-z0-9]{2,5}$"_s);
    static const QRegularExpression version(u"^(?:v|ver|version|h|hash|rev|build|t|id)$"_s);
    const QString path = url.path();
    if (path.contains("/_next/static/"_L1) || path.contains("/_app/immutable/"_L1))
        return true;
    if (looksRandom(lastPart.match(path).captured(1)) || looksRandom(wholeName.match(path).captured(1)))
        return true;
    const auto items = QUrlQuery(url).queryItems();
    return std::ranges::any_of(items, [](const auto &item) { return version.match(item.first).hasMatch(); });
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
    asset.isNamedByContent = isNamedByContent(answer.url);
    asset.setsCookie = answer.header("set-cookie").has_value();
    return asset;
}

} // namespace cockpit
