#include "models/keykinds.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct KeyKinds
{
    QHash<QString, RecognisedKey> byRule;
    QHash<QString, QUrl> pages;       // by the folded name of the service
    QHash<QString, QString> services; // by the folded name
};

// "Fly.io" and "FLY_IO" are one.
QString folded(const QString &text)
{
    QString result;
    for (const QChar c : text)
        if (c.isLetterOrNumber())
            result += c.toLower();
    return result;
}

void addKind(KeyKinds &kinds, const QJsonObject &rule)
{
    const QUrl page(rule["rotate"_L1].toString(), QUrl::StrictMode);
    const RecognisedKey kind{rule["name"_L1].toString(), rule["service"_L1].toString(),
                             page.scheme() == "https"_L1 ? page : QUrl()};
    kinds.byRule.insert(rule["id"_L1].toString(), kind);
    const QString service = folded(kind.service);
    if (service.isEmpty())
        return;
    kinds.services.insert(service, kind.service);
    if (!kind.rotate.isEmpty() && !kinds.pages.contains(service))
        kinds.pages.insert(service, kind.rotate);
}

KeyKinds loadKinds()
{
    KeyKinds kinds;
    const QDir folder(u":/rules/secrets"_s);
    for (const QString &name : folder.entryList({u"*.json"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonArray rules = QJsonDocument::fromJson(file.readAll())["rules"_L1].toArray();
        for (const QJsonValue rule : rules) {
            addKind(kinds, rule.toObject());
            for (const QJsonValue ofClass : rule["classes"_L1].toArray())
                addKind(kinds, ofClass.toObject());
        }
    }
    return kinds;
}

const KeyKinds &allKinds()
{
    static const KeyKinds kinds = loadKinds();
    return kinds;
}

} // namespace

std::optional<RecognisedKey> keyKindOf(const QString &rule)
{
    const auto known = allKinds().byRule.constFind(rule);
    return known == allKinds().byRule.cend() ? std::nullopt : std::optional(*known);
}

// The longest that fits, at the start alone: "LINEAR_API_KEY" names a service, "NON_LINEAR" does not.
QString serviceNamedIn(const QString &name)
{
    constexpr qsizetype kMostWords = 4;
    QString spaced = name;
    for (QChar &c : spaced)
        if (!c.isLetterOrNumber())
            c = u' ';
    const QStringList words = spaced.split(u' ', Qt::SkipEmptyParts).mid(0, kMostWords);
    for (qsizetype count = words.size(); count > 0; --count) {
        const auto known = allKinds().services.constFind(folded(words.mid(0, count).join(QString())));
        if (known != allKinds().services.cend())
            return *known;
    }
    return {};
}

QUrl rotationPage(const QString &rule, const QString &service)
{
    const auto kind = keyKindOf(rule);
    if (kind && !kind->rotate.isEmpty())
        return kind->rotate;
    return allKinds().pages.value(folded(service));
}

} // namespace cockpit
