#include "checks/web/chunkmaps.h"

#include <QRegularExpression>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostChunks = 500; // of one script
const QByteArray kReference = "# sourceMappingURL=";

QUrl chunkAt(const QString &path, const QUrl &url)
{
    const bool isFromRoot = !path.startsWith(u'.') && !path.startsWith(u'/');
    QUrl chunk = url.resolved(QUrl(isFromRoot ? u'/' + path : path));
    // Next.js names chunks relative to /_next/, Vite relative to the folder of the file.
    if (isFromRoot && path.startsWith("static/chunks/"_L1) && url.path().contains("/_next/"_L1))
        chunk.setPath(u"/_next/"_s + path);
    return chunk;
}

void add(std::vector<QUrl> &urls, const QUrl &chunk)
{
    if (urls.size() < kMostChunks && std::ranges::find(urls, chunk) == urls.end())
        urls.push_back(chunk);
}

// "static/js/" + (names[e] || e) + "." + {12: "ab34", 13: "cd56"}[e] + ".chunk.js": every line of the table is a file.
void addTables(std::vector<QUrl> &urls, const QString &code, const QUrl &url)
{
    static const QRegularExpression table(
        u"[\"']([\\w./"
        u"-]{0,60})[\"']\\s*\\+\\s*(?:\\(\\{[^{}]{0,4000}\\}\\[\\w+\\]\\s*\\|\\|\\s*\\w+\\)|\\w+)\\s*\\+\\s*"
        u"[\"']([.-])[\"']\\s*\\+\\s*\\{([^{}]{1,20000})\\}\\[\\w+\\]\\s*\\+\\s*[\"']([\\w.-]{0,20}\\.m?js)[\"']"_s);
    static const QRegularExpression row(u"[\"']?([\\w-]{1,60})[\"']?\\s*:\\s*[\"']([\\w-]{1,64})[\"']"_s);
    for (auto it = table.globalMatch(code); it.hasNext();) {
        const QRegularExpressionMatch found = it.next();
        for (auto line = row.globalMatch(found.captured(3)); line.hasNext();) {
            const QRegularExpressionMatch one = line.next();
            add(urls,
                chunkAt(found.captured(1) + one.captured(1) + found.captured(2) + one.captured(2) + found.captured(4),
                        url));
        }
    }
}

QByteArray referenceIn(const QByteArray &code, qsizetype tail)
{
    const QByteArray end = code.right(tail);
    const qsizetype at = end.lastIndexOf(kReference);
    return at < 0 ? QByteArray() : end.sliced(at + kReference.size()).split('\n').front().trimmed();
}

} // namespace

std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url)
{
    // A quoted path that ends in .js, with nothing but path characters in it.
    static const QRegularExpression name(
        u"[\"'`]((?:\\./|\\.\\./|/|_next/|static/|assets/|chunks/)[A-Za-z0-9_./@~()\\[\\]-]{1,200}\\.m?js)[\"'`]"_s);
    const QString text = QString::fromUtf8(code);
    std::vector<QUrl> urls;
    for (auto it = name.globalMatch(text); it.hasNext();)
        add(urls, chunkAt(it.next().captured(1), url));
    addTables(urls, text, url);
    return urls;
}

QUrl sourceMapNamedIn(const QByteArray &code, const QUrl &url)
{
    constexpr qsizetype kTail = 4096; // the reference stands at the end
    const QByteArray name = referenceIn(code, kTail);
    const bool isInside = name.isEmpty() || name.startsWith("data:");
    return isInside ? QUrl() : url.resolved(QUrl(QString::fromUtf8(name)));
}

QByteArray sourceMapInside(const QByteArray &code)
{
    const QByteArray name = referenceIn(code, code.size());
    const qsizetype comma = name.indexOf(',');
    if (!name.startsWith("data:application/json") || comma < 0 || !name.first(comma).endsWith(";base64"))
        return {};
    const QByteArray map = QByteArray::fromBase64(name.sliced(comma + 1));
    return isSourceMap(map) ? map : QByteArray();
}

bool isSourceMapCut(const QByteArray &beginning)
{
    static const QRegularExpression version(u"\"version\"\\s*:\\s*3\\b"_s);
    return beginning.trimmed().startsWith('{') && beginning.contains("\"sourcesContent\"") &&
           version.match(QString::fromUtf8(beginning)).hasMatch();
}

bool isSourceMap(const QByteArray &body)
{
    return body.contains("\"mappings\"") && isSourceMapCut(body);
}

} // namespace cockpit
