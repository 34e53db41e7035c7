#include "checks/exposure/sourcemaps.h"

#include "checks/engine/lookgaps.h"
#include "checks/secrets/compiledrules.h"
#include "checks/secrets/runfingerprint.h"
#include "checks/web/landing.h"
#include "checks/web/report.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <set>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SourceMaps)
};

struct OpenMap
{
    const BundleFile *file = nullptr;
    SourceMapContent content;
    int secrets = 0;
};

// Packages from a registry, and what a bundler adds, are no secret.
bool isForeign(const QString &source)
{
    return source.contains("node_modules/"_L1) || source.contains("webpack/"_L1) || source.contains("(webpack)"_L1) ||
           source.contains("/vite/"_L1) || source.startsWith("external "_L1) || source.contains("bower_components/"_L1);
}

void countIn(SourceMapContent &content, const QJsonObject &map)
{
    constexpr qsizetype kFewNames = 5;
    const QJsonArray names = map.value("sources"_L1).toArray();
    const QJsonArray texts = map.value("sourcesContent"_L1).toArray();
    for (qsizetype i = 0; i < texts.size(); ++i) {
        if (!texts.at(i).isString() || texts.at(i).toString().isEmpty())
            continue;
        ++content.sources;
        const QString name = names.at(i).toString();
        if (isForeign(name))
            continue;
        ++content.ownSources;
        if (content.examples.size() < kFewNames)
            content.examples.append(quoted(name.toUtf8()));
    }
}

// Those that are surely one: what stands beside a word in a map is much.
int secretsIn(const KeySearch &search)
{
    std::set<QByteArray> secrets;
    for (const KeyFound &key : search.keys) {
        if (key.kind == KeyKind::Secret && key.proof == Proof::Proven)
            secrets.insert(key.fingerprint);
    }
    return static_cast<int>(secrets.size());
}

// unread: how many were not looked at, or not to their end: because the run was over, or for lack of memory.
std::vector<OpenMap> openMaps(const Bundle &bundle, WebKeys &keys, int &unread)
{
    std::vector<OpenMap> maps;
    for (const BundleFile &file : bundle.files) {
        if (!file.isSourceMap)
            continue;
        if (keys.isOver()) {
            ++unread;
            continue;
        }
        const KeySearch search = keys.search(file.code);
        unread += search.trouble ? 1 : 0;
        maps.push_back({&file, readSourceMap(file.code), secretsIn(search)});
    }
    return maps;
}

QString placeOf(const OpenMap &map)
{
    const QString url = quoted(map.file->url.toDisplayString().toUtf8(), 300);
    return map.file->isInline ? Text::tr("inside %1").arg(url) : url;
}

// One finding for all: they come from one setting of the build.
Finding openSource(const std::vector<OpenMap> &own)
{
    const bool hasSecret = std::ranges::any_of(own, [](const OpenMap &map) { return map.secrets > 0; });
    QString saw = Text::tr("%n source map(s) can be downloaded, for example %1. They hold the names, comments and "
                           "files of the original code.",
                           nullptr, static_cast<int>(own.size()))
                      .arg(placeOf(own.front()));
    if (hasSecret)
        saw += u' ' + Text::tr("A secret key stands in one of them.");
    Finding finding = makeFinding(hasSecret ? u"source_map_with_secret"_s : u"source_map"_s,
                                  hasSecret ? Severity::High : Severity::Medium, Proof::Proven, Impact::DataExposure,
                                  Text::tr("Anybody can download your program as it was written"), saw);
    QStringList names;
    for (const OpenMap &map : own)
        names += map.content.examples;
    finding.evidence = {{Text::tr("Some of the files in it"), QStringList(names.mid(0, 12)).join(u'\n')}};
    finding.effortMinutes = hasSecret ? 120 : 20;
    return finding;
}

QJsonArray observedMaps(const std::vector<OpenMap> &maps)
{
    QJsonArray rows;
    for (const OpenMap &map : maps) {
        rows.append(QJsonObject{{u"url"_s, map.file->url.toDisplayString()},
                                {u"sources"_s, map.content.sources},
                                {u"own_sources"_s, map.content.ownSources},
                                {u"secrets"_s, map.secrets},
                                {u"named"_s, !map.file->isUnnamed}});
    }
    return rows;
}

Judged look(const Look &look, const RedirectChain &chain)
{
    const auto bundle = bundleOf(chain.last, look.seen);
    if (!*bundle)
        return couldNotLook(bundle->error());
    const auto patterns = look.seen.ask(CompiledRules{});
    if (!*patterns)
        return couldNotLook(patterns->error());
    auto keys = WebKeys::make(**patterns, fingerprintKeyOf(look), look.seen.token().boundedBy(look.seen.deadline()));
    return keys ? judgeSourceMaps(**bundle, *keys, chain) : couldNotLook(keys.error());
}

} // namespace

SourceMapContent readSourceMap(const QByteArray &json)
{
    SourceMapContent content;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (document.isNull()) { // cut off: its beginning proves what it is
        content.sources = static_cast<int>(json.count("\"sourcesContent\""));
        content.ownSources = content.sources;
        return content;
    }
    countIn(content, document.object());
    for (const QJsonValue section : document.object().value("sections"_L1).toArray())
        countIn(content, section["map"_L1].toObject());
    return content;
}

Judged judgeSourceMaps(const Bundle &bundle, WebKeys &keys, const RedirectChain &chain)
{
    int skipped = bundle.skipped;
    const std::vector<OpenMap> maps = openMaps(bundle, keys, skipped);
    const auto scripts = static_cast<int>(std::ranges::count_if(
        bundle.files, [](const BundleFile &file) { return !file.isSourceMap && !file.isInline; }));
    QJsonObject observed = observedOf(chain, {});
    observed.insert(u"scripts"_s, scripts);
    observed.insert(u"maps"_s, observedMaps(maps));
    observed.insert(u"skipped"_s, skipped);
    std::vector<OpenMap> own = maps;
    std::erase_if(own, [](const OpenMap &map) { return map.content.ownSources == 0; });
    std::vector<Finding> findings;
    if (!own.empty())
        findings.push_back(openSource(own));
    const QString summary = own.empty()
                                ? Text::tr("%n script(s), none with its source", nullptr, scripts)
                                : Text::tr("%n source map(s) can be downloaded", nullptr, static_cast<int>(own.size()));
    Judged judged = concluded(std::move(findings), summary, observed, {evidenceOf(chain.last)});
    if (skipped > 0) {
        const QString gap = Text::tr("%n file(s) of code could not be read to the end: no answer, or too long for us. "
                                     "What is in them is not known.",
                                     nullptr, skipped);
        leaveOpen(judged, anyBehind({gap}));
    }
    return judged;
}

Check sourceMapsCheck()
{
    using enum HostRole;
    return {.id = u"exposure.source-maps"_s,
            .scope = Scope::EachHost,
            .roles = {Site, Www, App, Admin, Auth, Portal, Other}, // an API sends no code to browsers
            .impacts = {Impact::DataExposure},
            .needs = {},
            .look = [](const Look &one) {
                return onLanding(one, [&one](const RedirectChain &chain) { return look(one, chain); });
            }};
}

} // namespace cockpit
