#include "checks/web/chunkmaps.h"

#include <QRegularExpression>

#include <algorithm>
#include <map>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostChunks = 500;                 // of one script
const QByteArray kReference = " sourceMappingURL="; // behind "#", long ago behind "@"

// "assets/x.js" and "static/chunks/x.js" count from where the app lies: the folder of the script that names them tells
// it, else it is the root. Next.js leaves its own first folder out.
QString placeOf(const QString &path, const QUrl &url)
{
    const QString here = url.path();
    if (const qsizetype at = here.indexOf(u'/' + path.section(u'/', 0, 0) + u'/'); at >= 0)
        return here.first(at + 1) + path;
    const qsizetype next = path.startsWith("static/"_L1) ? here.indexOf("/_next/"_L1) : -1;
    return next < 0 ? u'/' + path : here.first(next) + u"/_next/"_s + path;
}

class ChunkNames
{
public:
    explicit ChunkNames(const QUrl &url) : m_url(url) {}

    void add(const QString &name)
    {
        if (isFull() || !m_known.insert(name).second)
            return;
        const bool isFromRoot = !name.startsWith(u'.') && !name.startsWith(u'/');
        const QUrl chunk = m_url.resolved(QUrl(isFromRoot ? placeOf(name, m_url) : name));
        if (m_addresses.insert(chunk).second)
            m_urls.push_back(chunk);
    }

    // One address has many names: both are bounded.
    bool isFull() const { return m_urls.size() >= kMostChunks || m_known.size() >= 8 * kMostChunks; }
    std::vector<QUrl> take() { return std::move(m_urls); }

private:
    const QUrl m_url;
    std::set<QString> m_known;
    std::set<QUrl> m_addresses;
    std::vector<QUrl> m_urls;
};

void addAll(ChunkNames &names, const QRegularExpression &pattern, const QString &code, const QString &before = {})
{
    for (auto it = pattern.globalMatch(code); it.hasNext() && !names.isFull();)
        names.add(before + it.next().captured(1));
}

// {12: "ab34", "13": "cd56"}
std::map<QString, QString> tableIn(const QString &text)
{
    static const QRegularExpression row(u"[\"']?([\\w-]{1,60})[\"']?\\s*:\\s*[\"']([\\w~-]{1,120})[\"']"_s);
    std::map<QString, QString> table;
    for (auto it = row.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch line = it.next();
        table[line.captured(1)] = line.captured(2);
    }
    return table;
}

// "static/js/" + (names[e] || e) + "." + {12: "ab34", 13: "cd56"}[e] + ".chunk.js": every line of the table is a file.
// Without a folder before it, the files lie beside the script that names them (webpack's publicPath "auto", Angular).
void addTables(ChunkNames &names, const QString &code)
{
    static const QRegularExpression table(
        u"(?:[\"'](?<folder>[\\w./-]{0,60})[\"']\\s*\\+|=>|\\breturn\\b)\\s*"
        u"(?:\\((?<names>\\{[^{}]{0,4000}\\})\\[\\w{1,40}\\]\\s*\\|\\|\\s*\\w{1,40}\\)|"
        u"\\((?<id>\\d{1,6})===\\w{1,40}\\?[\"'](?<name>[\\w~-]{1,60})[\"']:\\w{1,40}\\)|\\w{1,40})\\s*\\+\\s*"
        u"[\"'](?<mark>[.-])[\"']\\s*\\+\\s*(?<hashes>\\{[^{}]{1,20000}\\})\\[\\w{1,40}\\]\\s*\\+\\s*"
        u"[\"'](?<end>[\\w.-]{0,20}\\.m?js)[\"']"_s);
    for (auto it = table.globalMatch(code); it.hasNext() && !names.isFull();) {
        const QRegularExpressionMatch found = it.next();
        std::map<QString, QString> named = tableIn(found.captured(u"names"_s));
        named.try_emplace(found.captured(u"id"_s), found.captured(u"name"_s));
        const QString folder = found.captured(u"folder"_s);
        for (const auto &[id, hash] : tableIn(found.captured(u"hashes"_s))) {
            const auto name = named.find(id);
            names.add((folder.isEmpty() ? u"./"_s : folder) + (name == named.end() ? id : name->second) +
                      found.captured(u"mark"_s) + hash + found.captured(u"end"_s));
        }
    }
}

// What a service worker keeps: {url: "app.js", revision: null}, beside itself.
void addPrecached(ChunkNames &names, const QString &code)
{
    static const QRegularExpression entry(u"\\burl[\"']?\\s*:\\s*[\"']([\\w./@~()-]{1,200}\\.m?js)[\"']"_s);
    if (!code.contains("revision"_L1))
        return;
    for (auto it = entry.globalMatch(code); it.hasNext() && !names.isFull();) {
        const QString name = it.next().captured(1);
        names.add(name.startsWith(u'/') ? name : u"./"_s + name);
    }
}

QByteArray referenceIn(const QByteArray &code, qsizetype tail)
{
    const QByteArray end = code.right(tail);
    const qsizetype at = end.lastIndexOf(kReference);
    const bool isOne = at > 0 && (end[at - 1] == '#' || end[at - 1] == '@');
    return isOne ? end.sliced(at + kReference.size()).split('\n').front().trimmed() : QByteArray();
}

} // namespace

std::vector<QUrl> chunksNamedIn(const QByteArray &code, const QUrl &url)
{
    // A quoted path that ends in .js, with nothing but path characters in it, and what a host appends to it.
    static const QRegularExpression name(
        u"[\"'`]((?:\\./|\\.\\./|/|_next/|_nuxt/|_app/|_astro/|static/|assets/|chunks/|build/|dist/|js/)"
        u"[A-Za-z0-9_./@~()\\[\\]-]{1,200}\\.m?js(?:\\?[\\w=&.%-]{1,100})?)[\"'`]"_s);
    static const QRegularExpression beside(
        u"\\bnew URL\\(\\s{0,8}[\"'`]([\\w@~-][\\w./@~-]{0,200}\\.m?js)[\"'`]\\s{0,8},\\s{0,8}import\\.meta\\.url"_s);
    // Lists of Next.js write their slashes as escapes, lists in JSON may.
    const QString text =
        QString::fromUtf8(code).replace("\\u002F"_L1, "/"_L1, Qt::CaseInsensitive).replace("\\/"_L1, "/"_L1);
    ChunkNames names(url);
    addAll(names, name, text);
    addAll(names, beside, text, u"./"_s);
    addTables(names, text);
    addPrecached(names, text);
    return names.take();
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
    if (!name.startsWith("data:application/json") || comma < 0)
        return {};
    const QByteArray content = name.sliced(comma + 1);
    const bool isBase64 = name.first(comma).endsWith(";base64");
    const QByteArray map = isBase64 ? QByteArray::fromBase64(content) : QByteArray::fromPercentEncoding(content);
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
