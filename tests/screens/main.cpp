#include "app/translators.h"
#include "tests/screens/camera.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTranslator>

#include <cstdio>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

// Slow enough to be caught while running.
constexpr std::chrono::milliseconds kAnswerDelay(60);

QSize sizeOf(const QString &text)
{
    return {text.section(u'x', 0, 0).toInt(), text.section(u'x', 1, 1).toInt()};
}

int complain(const Error &error)
{
    std::fprintf(stderr, "%s\n", qPrintable(error.message));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addPositionalArgument(u"DIR"_s, u"where the pictures go"_s);
    parser.addOptions({{u"theme"_s, u"light or dark"_s, u"theme"_s, u"light"_s},
                       {u"size"_s, u"of the window"_s, u"WxH"_s, u"1440x900"_s},
                       {u"catalogue"_s, u"a .qm file on top"_s, u"file"_s},
                       {u"rtl"_s, u"right-to-left"_s},
                       {u"code"_s, u"the pages about code and files alone"_s},
                       {u"attacks"_s, u"the pages about test attacks alone"_s}});
    parser.process(application);

    installTranslators(u"en"_s);
    QTranslator extra;
    if (parser.isSet(u"catalogue"_s)) {
        if (!extra.load(parser.value(u"catalogue"_s)))
            return complain({ErrorKind::NotFound, u"the catalogue cannot be read"_s});
        QCoreApplication::installTranslator(&extra);
    }
    if (parser.isSet(u"rtl"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);

    const auto composition = compose(u"en"_s);
    if (!composition)
        return complain(composition.error());
    const auto company = PracticeCompany::start({.delay = kAnswerDelay});
    if (!company)
        return complain(company.error());
    Theme theme(application, themeChoiceFromWord(parser.value(u"theme"_s)));
    Camera camera(*composition, **company, theme, parser.positionalArguments().value(0),
                  sizeOf(parser.value(u"size"_s)));
    const bool isDone = parser.isSet(u"code"_s)      ? camera.shootCode()
                        : parser.isSet(u"attacks"_s) ? camera.shootAttacks()
                                                     : camera.shootEverything();
    return isDone ? 0 : 1;
}
