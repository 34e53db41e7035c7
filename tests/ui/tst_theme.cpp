// Text can be read in both themes: contrasts are computed from the tokens themselves.
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QTest>

using namespace cockpit;

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void textCanBeRead_data();
    void textCanBeRead();
    void contrastOfBlackOnWhite();
    void paletteTellsItsTokens();
    void choiceChangesThePalette();
    void systemCountsOnlyWhenAsked();
    void wordsComeBack();
};

void TestTheme::textCanBeRead_data()
{
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<QColor>("ground");
    for (const Tokens &t : {lightTokens(), darkTokens()}) {
        const QByteArray theme = t.dark ? "dark" : "light";
        const std::pair<const char *, QColor> grounds[] = {
            {"window", t.window}, {"surface", t.surface}, {"selected row", t.accentSoft}};
        for (const auto &[name, ground] : grounds) {
            QTest::newRow((theme + ": text on " + name).constData()) << t.text << ground;
            QTest::newRow((theme + ": muted on " + name).constData()) << t.muted << ground;
            QTest::newRow((theme + ": accent on " + name).constData()) << t.accent << ground;
        }
        QTest::newRow((theme + ": primary button").constData()) << t.onAccent << t.accent;
        QTest::newRow((theme + ": disabled button").constData()) << t.muted << t.idleSoft;
        const std::pair<const char *, Tone> tones[] = {{"neutral", Tone::Neutral},
                                                       {"accent", Tone::Accent},
                                                       {"pass", Tone::Pass},
                                                       {"warn", Tone::Warn},
                                                       {"fail", Tone::Fail}};
        for (const auto &[name, tone] : tones) {
            const ToneColors colors = toneColors(t, tone);
            QTest::newRow((theme + ": pill " + name).constData()) << colors.ink << colors.soft;
            QTest::newRow((theme + ": text on soft " + name).constData()) << t.text << colors.soft;
            QTest::newRow((theme + ": ink on surface " + name).constData()) << colors.ink << t.surface;
        }
    }
}

void TestTheme::textCanBeRead()
{
    QFETCH(QColor, ink);
    QFETCH(QColor, ground);
    const double ratio = contrastRatio(ink, ground);
    QVERIFY2(ratio >= 4.5, qPrintable(QString::number(ratio)));
}

void TestTheme::contrastOfBlackOnWhite()
{
    QCOMPARE(qRound(contrastRatio(Qt::black, Qt::white)), 21);
    QCOMPARE(qRound(contrastRatio(Qt::white, Qt::white)), 1);
}

void TestTheme::paletteTellsItsTokens()
{
    QVERIFY(!tokensFor(paletteFor(lightTokens())).dark);
    QVERIFY(tokensFor(paletteFor(darkTokens())).dark);
    QPalette seeThrough = paletteFor(lightTokens());
    seeThrough.setColor(QPalette::Window, Qt::transparent);
    QVERIFY(!tokensFor(seeThrough).dark);
}

void TestTheme::choiceChangesThePalette()
{
    Theme theme(*qApp, ThemeChoice::Light);
    QCOMPARE(qApp->palette().color(QPalette::Window), lightTokens().window);
    int changes = 0;
    connect(&theme, &Theme::changed, this, [&changes] { ++changes; });
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(qApp->palette().color(QPalette::Window), darkTokens().window);
    theme.setChoice(ThemeChoice::Dark);
    QCOMPARE(changes, 1);
}

void TestTheme::systemCountsOnlyWhenAsked()
{
    Theme theme(*qApp, ThemeChoice::Light);
    theme.setSystemIsDark(true);
    QVERIFY(!theme.tokens().dark);
    theme.setChoice(ThemeChoice::System);
    QVERIFY(theme.tokens().dark);
    theme.setSystemIsDark(false);
    QVERIFY(!theme.tokens().dark);
}

void TestTheme::wordsComeBack()
{
    for (const auto choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark})
        QCOMPARE(themeChoiceFromWord(toWord(choice)), choice);
    QCOMPARE(themeChoiceFromWord(QStringLiteral("mauve")), ThemeChoice::System);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
