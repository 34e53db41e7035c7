#include "models/guide.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Guide)
};

QStringList fallbackLanguages(const QString &language)
{
    QString name = language;
    name.replace(u'-', u'_');
    QStringList names{name, name.section(u'_', 0, 0), u"en"_s};
    names.removeDuplicates();
    names.removeAll(QString());
    return names;
}

// Ids and languages become part of a path: letters, digits and separators alone.
bool isPlainWord(const QString &word)
{
    static const QRegularExpression pattern(u"\\A[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*\\z"_s);
    return pattern.match(word).hasMatch();
}

} // namespace

Result<Guide> loadGuide(const QString &checkId, const QString &language)
{
    for (const QString &name : fallbackLanguages(language)) {
        QFile file(u":/guides/%1/%2.md"_s.arg(name, checkId));
        if (isPlainWord(name) && isPlainWord(checkId) && file.open(QIODevice::ReadOnly))
            return parseGuide(checkId, QString::fromUtf8(file.readAll()));
    }
    return failure(ErrorKind::NotFound, Text::tr("There is no guide for %1.").arg(checkId.left(80)));
}

} // namespace cockpit
