#include "checks/actors/idharvest.h"

#include "checks/actors/idnames.h"
#include "checks/actors/likeness.h"
#include "checks/web/denial.h"
#include "checks/web/htmlpage.h"
#include "models/routes/pathtemplate.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDeepest = 64;

bool isShared(IdKind kind)
{
    switch (kind) {
    case IdKind::Integer:
    case IdKind::Numbered:
    case IdKind::Short:
    case IdKind::Slug:
    case IdKind::Encoded:
        return false; // two records of different kinds may have the same
    case IdKind::UuidTime:
    case IdKind::UuidTimeRandom:
    case IdKind::UuidRandom:
    case IdKind::UuidName:
    case IdKind::UuidOther:
    case IdKind::ObjectId:
    case IdKind::Ulid:
    case IdKind::Prefixed:
    case IdKind::Token:
        return true;
    }
    Q_UNREACHABLE();
}

class Harvest
{
public:
    Harvest(QUrl base, QString hint) : m_base(std::move(base)), m_hint(std::move(hint)) {}

    void readJson(const QJsonValue &value) { walk(value, {}, m_hint, {}, 0); }
    void readAddress(const QUrl &url);
    void readLink(const QString &link);
    void readHeader(const Header &header);
    std::vector<FoundId> take() { return std::move(m_found); }

private:
    void add(FoundId found);
    void walk(const QJsonValue &value, const QString &at, const QString &resource, const QString &name, int depth);
    void walkObject(const QJsonObject &object, const QString &at, const QString &resource, int depth);
    void take(const QString &text, const QString &at, const QString &resource, const QString &name);

    QUrl m_base;
    QString m_hint;
    std::vector<FoundId> m_found;
};

void Harvest::add(FoundId found)
{
    const bool isKnown = std::ranges::any_of(
        m_found, [&](const FoundId &one) { return one.value == found.value && one.resource == found.resource; });
    if (!isKnown && m_found.size() < kMostFoundIds)
        m_found.push_back(std::move(found));
}

// A value is an id because its name says so, or because nothing else looks like it.
void Harvest::take(const QString &text, const QString &at, const QString &resource, const QString &name)
{
    if (isNoIdName(name))
        return;
    const auto kind = idKindOf(text);
    const bool isNamed = isIdName(name);
    if (kind && (isNamed || (isShared(*kind) && *kind != IdKind::Token) || *kind == IdKind::Encoded)) {
        const auto decoded = decodedId(text);
        const QString inner = decoded ? decoded->resource : QString();
        const QString named = resourceOfName(name);
        add({text, *kind, IdPlace::Body, at,
             !inner.isEmpty() ? inner : (isNamed && !named.isEmpty() ? named : (isNamed ? resource : QString()))});
        return;
    }
    if (isSlugName(name) && isSlugText(text))
        add({text, IdKind::Slug, IdPlace::Body, at, resource});
    else if (text.startsWith(u'/') || text.startsWith("http"_L1))
        readLink(text);
}

void Harvest::walkObject(const QJsonObject &object, const QString &at, const QString &resource, int depth)
{
    const QString typeName = object.value("__typename"_L1).toString();
    const QString own = typeName.isEmpty() ? resource : singularOf(typeName);
    const QStringList names = object.keys();
    const bool isMap = !names.isEmpty() && std::ranges::all_of(names, [](const QString &name) {
        const auto kind = idKindOf(name);
        return kind && (*kind == IdKind::Integer || isShared(*kind));
    });
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (isMap && it.value().isObject()) {
            add({it.key(), *idKindOf(it.key()), IdPlace::Body, at + "/*"_L1, own});
            walk(it.value(), at + "/*"_L1, own, {}, depth + 1);
            continue;
        }
        const bool holds = it.value().isArray() || it.value().isObject();
        const QString below = holds && !isWrapperName(it.key()) && !isIdName(it.key()) ? singularOf(it.key()) : own;
        walk(it.value(), at + u'/' + it.key(), below, it.key(), depth + 1);
    }
}

void Harvest::walk(const QJsonValue &value, const QString &at, const QString &resource, const QString &name, int depth)
{
    if (depth > kDeepest || m_found.size() >= kMostFoundIds)
        return;
    if (value.isObject()) {
        walkObject(value.toObject(), at, resource, depth);
    } else if (value.isArray()) {
        for (const QJsonValue &one : value.toArray())
            walk(one, at + "/*"_L1, resource, name, depth + 1);
    } else if (value.isString()) {
        take(value.toString(), at, resource, name);
    } else if (value.isDouble() && isIdName(name)) {
        const qint64 number = value.toInteger(-1);
        if (number > 0)
            take(QString::number(number), at, resource, name);
    }
}

void Harvest::readAddress(const QUrl &url)
{
    const QStringList parts = url.path(QUrl::FullyDecoded).split(u'/');
    const PathTemplate known = pathTemplate(url.path(QUrl::FullyEncoded));
    for (qsizetype i = 1; i < parts.size(); ++i) {
        const auto kind = idKindOf(parts.at(i));
        const bool isWord = !kind || (*kind == IdKind::Short && isVersionWord(parts.at(i))) || *kind == IdKind::Slug;
        if (isWord)
            continue;
        const QString before = resourceOf(u'/' + parts.mid(1, i - 1).join(u'/'));
        const auto decoded = decodedId(parts.at(i));
        add({parts.at(i), *kind, IdPlace::Path, known.path,
             decoded && !decoded->resource.isEmpty() ? decoded->resource : before});
    }
    for (const auto &[name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded)) {
        const auto kind = idKindOf(value);
        if (kind && !isNoIdName(name) && isIdName(name)) {
            const QString named = resourceOfName(name);
            add({value, *kind, IdPlace::Query, name, named.isEmpty() ? resourceOf(url.path()) : named});
        }
    }
}

void Harvest::readLink(const QString &link)
{
    const QUrl url = m_base.resolved(QUrl(link));
    constexpr qsizetype kLongestLink = 2000;
    if (link.size() > kLongestLink || !url.isValid() || url.host() != m_base.host() || isVolatileText(link))
        return;
    static const QRegularExpression file(u"\\.(?:js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|woff2?|ttf)$"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    if (!file.match(url.path()).hasMatch()) // their names hold hashes of their content
        readAddress(url);
}

void Harvest::readHeader(const Header &header)
{
    const QByteArray name = header.name.toLower();
    const QString value = QString::fromUtf8(header.value);
    if (name == "location" || name == "content-location") {
        readLink(value);
    } else if (name == "link") {
        static const QRegularExpression target(u"<([^>]{1,2000})>"_s);
        for (auto it = target.globalMatch(value); it.hasNext();)
            readLink(it.next().captured(1));
    } else if (isIdName(QString::fromLatin1(name)) && !isNoIdName(QString::fromLatin1(name))) {
        if (const auto kind = idKindOf(value))
            add({value, *kind, IdPlace::Header, QString::fromLatin1(name), resourceOfName(QString::fromLatin1(name))});
    }
}

} // namespace

std::vector<FoundId> harvestIds(const HttpResponse &answer, const QString &resourceHint)
{
    Harvest harvest(answer.url, resourceHint);
    for (const Header &header : answer.headers)
        harvest.readHeader(header);
    if (const auto json = jsonOf(answer)) {
        harvest.readJson(*json);
    } else if (isPage(answer)) {
        const auto page = parseHtml(answer.body, answer.url);
        for (const QUrl &link : page ? page->links : std::vector<QUrl>())
            harvest.readLink(link.toString(QUrl::FullyEncoded));
        for (const QUrl &form : page ? page->forms : std::vector<QUrl>())
            harvest.readLink(form.toString(QUrl::FullyEncoded));
    }
    return harvest.take();
}

std::vector<FoundId> harvestIds(const QUrl &url)
{
    Harvest harvest(url, {});
    harvest.readAddress(url);
    return harvest.take();
}

std::vector<FoundId> onlyIn(std::span<const FoundId> mine, std::span<const FoundId> others)
{
    std::vector<FoundId> own;
    for (const FoundId &id : mine) {
        const bool isCommon = std::ranges::any_of(others, [&](const FoundId &other) {
            const bool isOfOneKind = id.resource == other.resource || id.resource.isEmpty() || other.resource.isEmpty();
            return id.value == other.value && (isOfOneKind || isShared(id.kind));
        });
        if (!isCommon)
            own.push_back(id);
    }
    return own;
}

} // namespace cockpit
