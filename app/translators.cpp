#include "app/translators.h"

#include "ui/settings/appsettings.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

void install(const QLocale &locale, const QString &catalogue, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance()); // owned by the application
    if (translator->load(locale, catalogue, u"_"_s, folder))
        QCoreApplication::installTranslator(translator);
    else
        delete translator; // no such catalogue
}

} // namespace

void installTranslators(const QString &language)
{
    install(QLocale(u"en"_s), u"cockpit"_s, u":/i18n"_s); // below the others: asked last
    const QLocale locale(language);
    if (locale.language() == QLocale::English || locale.language() == QLocale::C)
        return;
    install(locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(locale, u"cockpit"_s, u":/i18n"_s);
}

QString preferredLanguage()
{
    QSettings stored;
    const QString chosen = loadSettings(stored).language;
    return chosen.isEmpty() ? QLocale::system().name() : chosen;
}

} // namespace cockpit
