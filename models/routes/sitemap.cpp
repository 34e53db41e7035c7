// Sitemaps (https://www.sitemaps.org/protocol.html).
#include "models/routes/importers.h"
#include "models/routes/routebuild.h"

#include <QCoreApplication>
#include <QUrl>
#include <QXmlStreamReader>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Sitemap)
};

constexpr int kMostSitemaps = 500;

tl::unexpected<Error> noSitemap(const QXmlStreamReader &reader)
{
    return failure(ErrorKind::BadInput, Text::tr("This is no sitemap in XML."), reader.errorString());
}

void takeAddress(SitemapRead &read, const QString &address, bool isIndex)
{
    const QUrl url(address.trimmed());
    if (hostIn(url).isEmpty())
        return;
    if (isIndex) {
        if (read.sitemaps.size() < kMostSitemaps)
            read.sitemaps.append(url.toString());
        return;
    }
    read.isCut = read.isCut || read.routes.size() >= kMostReadRoutes;
    auto route =
        metRoute(u"GET"_s, url.path().isEmpty() ? u"/"_s : url.path(), hostIn(url), u"sitemap"_s, AddressKind::Page);
    if (route && !read.isCut)
        read.routes.push_back(std::move(*route));
}

} // namespace

Result<SitemapRead> readSitemap(const QByteArray &xml)
{
    QXmlStreamReader reader(xml);
    SitemapRead read;
    bool isIndex = false;
    bool hasRoot = false;
    while (!reader.atEnd()) {
        const auto token = reader.readNext();
        if (token == QXmlStreamReader::DTD) // entities in it can stand for any length of text
            return noSitemap(reader);
        if (token != QXmlStreamReader::StartElement)
            continue;
        const auto name = reader.name();
        if (!hasRoot) {
            if (name != "urlset"_L1 && name != "sitemapindex"_L1)
                return noSitemap(reader);
            hasRoot = true;
            isIndex = name == "sitemapindex"_L1;
        } else if (name == "loc"_L1 && !reader.prefix().contains("image"_L1)) {
            takeAddress(read, reader.readElementText(QXmlStreamReader::SkipChildElements), isIndex);
        }
    }
    // A file that was cut off still names pages; one without a root is none.
    if (!hasRoot)
        return noSitemap(reader);
    return read;
}

} // namespace cockpit
