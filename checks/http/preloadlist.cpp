#include "checks/http/preloadlist.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(PreloadList)
};

} // namespace

Result<QSet<QString>> parsePreloadList(const QByteArray &json)
{
    QSet<QString> names;
    for (const QJsonValue name : QJsonDocument::fromJson(json).object().value("names"_L1).toArray()) {
        const QString text = name.toString();
        if (text.isEmpty() || text != text.toLower() || names.contains(text))
            return failure(ErrorKind::BadInput, Text::tr("The list of preloaded names holds \"%1\".").arg(text));
        names.insert(text);
    }
    if (names.isEmpty())
        return failure(ErrorKind::BadInput, Text::tr("The list of preloaded names is empty."));
    return names;
}

Result<QSet<QString>> loadPreloadList()
{
    QFile file(u":/rules/hsts-preload.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::NotFound, Text::tr("The list of preloaded names is missing from the program."));
    return parsePreloadList(file.readAll());
}

bool isPreloaded(const QString &host, const QSet<QString> &names)
{
    for (QString name = host; !name.isEmpty(); name = name.section(u'.', 1)) {
        if (names.contains(name))
            return true;
    }
    return false;
}

} // namespace cockpit
