#include "checks/exposure/baseline.h"

#include "checks/web/address.h"
#include "checks/web/similarity.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// mdn and ZAP skip answers that are at least nine tenths alike.
constexpr double kAlike = 0.9;

// The classes of invented addresses, in the order in which they are asked for.
enum class PathClass { Plain, Dotted, Script, Json, Folder, Api };

PathClass classOf(const QString &path)
{
    if (path.contains("/."_L1))
        return PathClass::Dotted;
    if (path.startsWith("/api/"_L1))
        return PathClass::Api;
    if (path.endsWith(".js"_L1))
        return PathClass::Script;
    if (path.endsWith(".json"_L1))
        return PathClass::Json;
    return path.size() > 1 && path.endsWith(u'/') ? PathClass::Folder : PathClass::Plain;
}

// Servers that mirror what was asked for differ in nothing else.
QByteArray withoutEcho(const HttpResponse &answer)
{
    constexpr qsizetype kShortestEcho = 4;
    QByteArray text = answer.body;
    for (const auto form : {QUrl::FullyDecoded, QUrl::FullyEncoded}) {
        const QString path = answer.url.path(form);
        const QByteArray whole = path.toUtf8();
        const QByteArray name = path.section(u'/', -1, -1, QString::SectionSkipEmpty).toUtf8();
        if (whole.size() >= kShortestEcho)
            text.replace(whole, " ");
        if (name.size() >= kShortestEcho)
            text.replace(name, " ");
    }
    return text;
}

} // namespace

std::vector<HttpGet> baselineQuestions(const Host &host, const QString &word)
{
    std::vector<HttpGet> questions;
    for (const QString &path : {u"/%1"_s, u"/.%1"_s, u"/%1.js"_s, u"/%1.json"_s, u"/%1/"_s, u"/api/%1"_s})
        questions.push_back(firstBytesOf(httpsAddress(host, path.arg(word))));
    return questions;
}

bool isBaseline(const HttpResponse &candidate, const std::vector<HttpResponse> &baselines)
{
    const QByteArray text = withoutEcho(candidate);
    const auto hash = simHash(text);
    return std::ranges::any_of(baselines, [&](const HttpResponse &baseline) {
        if (isHandedOut(candidate.status) != isHandedOut(baseline.status))
            return false;
        const QByteArray other = withoutEcho(baseline);
        return text == other || similarity(hash, simHash(other)) >= kAlike;
    });
}

QString inventedNeighbour(const QString &path, const QString &word)
{
    const QString name = path.section(u'?', 0, 0).section(u'/', -1);
    const bool isDotted = name.startsWith(u'.');
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot < (isDotted ? 1 : 0))
        return {}; // "/.env", "/server-status", "/uploads/"
    const QString ending = name.sliced(dot);
    const bool isAsked = !isDotted && (ending == ".js"_L1 || ending == ".json"_L1);
    return isAsked ? QString() : (isDotted ? u"/."_s : u"/"_s) + word + ending;
}

const HttpResponse *ownBaseline(const QString &path, const std::vector<HttpResponse> &baselines)
{
    const auto place = static_cast<size_t>(classOf(path.section(u'?', 0, 0)));
    return place < baselines.size() ? &baselines[place] : baselines.empty() ? nullptr : &baselines.front();
}

bool isSelective(const HttpResponse &answer, const QString &path, const std::vector<HttpResponse> &baselines)
{
    const HttpResponse *invented = ownBaseline(path, baselines);
    return invented && invented->status != answer.status;
}

} // namespace cockpit
