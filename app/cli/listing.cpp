#include "app/cli/listing.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Listing)
};

template<typename Enum>
QJsonArray words(const std::vector<Enum> &values)
{
    QJsonArray array;
    for (const Enum value : values)
        array.append(toWord(value));
    return array;
}

QJsonObject checkJson(const CatalogEntry &entry, const Check *built)
{
    return {{u"id"_s, entry.id},
            {u"kind"_s, toWord(entry.kind)},
            {u"title"_s, entry.title},
            {u"built"_s, built != nullptr},
            {u"needs"_s, built ? words(built->needs) : QJsonArray()},
            {u"impacts"_s, built ? words(built->impacts) : QJsonArray()}};
}

} // namespace

QJsonObject checksJson(const Composition &composition)
{
    QJsonArray checks;
    for (const CatalogEntry &entry : composition.catalog.entries())
        checks.append(checkJson(entry, composition.registry.find(entry.id)));
    return {{u"checks"_s, checks}};
}

QString checksText(const Composition &composition)
{
    QString out;
    for (const CatalogEntry &entry : composition.catalog.entries()) {
        const bool built = composition.registry.find(entry.id) != nullptr;
        out += u"%1 %2 %3\n"_s.arg(built ? u"*"_s : u" "_s, entry.id.leftJustified(32), entry.title);
    }
    return out +
           Text::tr("%1 of %2 checks are built (*); a person can answer the others.")
               .arg(QString::number(composition.registry.checks().size()),
                    QString::number(composition.catalog.entries().size())) +
           u'\n';
}

// As shipped: the items stand in the resource exactly as the roadmaps were written.
QJsonObject roadmapsJson(const Composition &composition)
{
    QJsonArray roadmaps;
    for (const Roadmap &roadmap : composition.roadmaps) {
        QFile file(u":/roadmaps/%1.json"_s.arg(roadmap.id));
        if (file.open(QIODevice::ReadOnly))
            roadmaps.append(QJsonDocument::fromJson(file.readAll()).object());
    }
    Q_ASSERT(roadmaps.size() == static_cast<qsizetype>(composition.roadmaps.size()));
    return {{u"roadmaps"_s, roadmaps}};
}

QString roadmapsText(const Composition &composition)
{
    QString out;
    for (const Roadmap &roadmap : composition.roadmaps) {
        const auto count = static_cast<int>(roadmap.items().size());
        out += u"%1 %2\n"_s.arg(roadmap.id.leftJustified(24), roadmap.title);
        out += u"%1 %2\n"_s.arg(QString(24, u' '), Text::tr("%n item(s)", nullptr, count));
        for (const Stage &stage : roadmap.stages)
            out += u"%1 %2. %3\n"_s.arg(QString(24, u' '), QString::number(stage.number), stage.title);
    }
    return out;
}

} // namespace cockpit
