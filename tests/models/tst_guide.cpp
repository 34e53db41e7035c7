#include "models/guide.h"

#include <QDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QString good()
{
    return u"# Mail that is really from you\n"
           "## What it means\nOne\nparagraph.\n\nAnother.\n"
           "## Why it matters\nCustomers of {domain} lose trust.\n"
           "## How to fix it\n1. Open DNS.\n2. Add the record\n   below.\n"
           "## Fix: weak_policy\n1. Change {paste}.\n"
           "## At cloudflare\n1. Log in for {host}.\n"
           "## Prompt\nFix {title}: {seen} {unknown}.\n"_s;
}

Finding finding(const QString &code)
{
    Finding finding;
    finding.checkId = u"mail.dmarc"_s;
    finding.code = code;
    finding.host = u"app.example.com"_s;
    finding.title = u"T{seen}"_s;
    finding.whatWeSaw = u"S"_s;
    finding.fix.paste = u"P"_s;
    return finding;
}

} // namespace

class TestGuide : public QObject
{
    Q_OBJECT

private slots:
    void parses();
    void refuses_data();
    void refuses();
    void fills_data();
    void fills();
    void leavesUnknownPlaceholders();
    void saysWhenThereIsNone();
    void readsEveryShippedGuide();
};

void TestGuide::parses()
{
    const auto guide = parseGuide(u"mail.dmarc"_s, good());
    QVERIFY2(guide, qPrintable(guide ? QString() : guide.error().message));
    QCOMPARE(guide->title, u"Mail that is really from you"_s);
    QCOMPARE(guide->meaning, u"One paragraph.\n\nAnother."_s);
    QCOMPARE(guide->steps, QStringList({u"Open DNS."_s, u"Add the record below."_s}));
    QCOMPARE(guide->stepsByCode.at(u"weak_policy"_s), QStringList{u"Change {paste}."_s});
    QCOMPARE(guide->stepsByProvider.at(u"cloudflare"_s), QStringList{u"Log in for {host}."_s});
    QCOMPARE(placeholdersOf(*guide), QStringList({u"paste"_s, u"host"_s, u"title"_s, u"seen"_s, u"unknown"_s}));
    QCOMPARE(parseGuide(u"mail.dmarc"_s, good().replace(u'\n', u"\r\n"_s)), guide);
}

void TestGuide::refuses_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("says");
    QTest::newRow("unknown heading") << u"## Prompt"_s << u"## Promptly"_s << u"line 17"_s;
    QTest::newRow("heading twice") << u"## Why it matters"_s << u"## What it means"_s << u"line 7"_s;
    QTest::newRow("no title") << u"# Mail that is really from you\n"_s << QString() << u"title"_s;
    QTest::newRow("two titles") << u"## Why it matters"_s << u"# Why it matters"_s << u"line 7"_s;
    QTest::newRow("text before the first heading") << u"## What it means\n"_s << QString() << u"line 2"_s;
    QTest::newRow("empty part") << u"Customers of {domain} lose trust.\n"_s << QString() << u"line 7"_s;
    QTest::newRow("steps without numbers") << u"1. Open DNS.\n2. Add"_s << u"Open DNS. Add"_s << u"numbered"_s;
    QTest::newRow("code that is no word") << u"Fix: weak_policy"_s << u"Fix: Weak policy"_s << u"line 13"_s;
    QTest::newRow("prompt missing") << u"## Prompt\nFix {title}: {seen} {unknown}.\n"_s << QString() << u"Prompt"_s;
}

void TestGuide::refuses()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(QString, says);
    QVERIFY(good().contains(from));
    const auto guide = parseGuide(u"mail.dmarc"_s, good().replace(from, to));
    QVERIFY(!guide);
    QVERIFY2(guide.error().message.contains(says), qPrintable(guide.error().message));
}

void TestGuide::fills_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("providers");
    QTest::addColumn<QStringList>("steps");
    const QStringList general{u"Open DNS."_s, u"Add the record below."_s};
    const QString login = u"Log in for app.example.com."_s;
    QTest::newRow("general") << u"missing"_s << QStringList{} << general;
    QTest::newRow("by code") << u"weak_policy"_s << QStringList{} << QStringList{u"Change P."_s};
    QTest::newRow("provider first") << u"missing"_s << QStringList{u"vercel"_s, u"cloudflare"_s}
                                    << QStringList{login} + general;
    QTest::newRow("provider and code") << u"weak_policy"_s << QStringList{u"cloudflare"_s}
                                       << QStringList{login, u"Change P."_s};
}

void TestGuide::fills()
{
    QFETCH(QString, code);
    QFETCH(QStringList, providers);
    Finding filled = finding(code);
    fillFromGuide(filled, *parseGuide(u"mail.dmarc"_s, good()), providers, {});
    QTEST(filled.fix.steps, "steps");
    QCOMPARE(filled.whyItMatters, u"Customers of example.com lose trust."_s);
    QCOMPARE(filled.fix.paste, u"P"_s);
}

void TestGuide::leavesUnknownPlaceholders()
{
    Finding filled = finding(u"missing"_s);
    const Guide guide = *parseGuide(u"mail.dmarc"_s, good());
    fillFromGuide(filled, guide, {}, {});
    QCOMPARE(filled.fix.aiPrompt, u"Fix T{seen}: S {unknown}."_s); // a brace inside a value is text
    fillFromGuide(filled, guide, {}, {{u"unknown"_s, u"known"_s}, {u"domain"_s, u"other.example"_s}});
    QCOMPARE(filled.fix.aiPrompt, u"Fix T{seen}: S known."_s);
    QCOMPARE(filled.whyItMatters, u"Customers of other.example lose trust."_s);
}

void TestGuide::saysWhenThereIsNone()
{
    for (const QString &id : {u"mail.pigeon"_s, u"../checks"_s, QString()}) {
        const auto guide = loadGuide(id, u"de_AT"_s);
        QVERIFY(!guide);
        QCOMPARE(guide.error().kind, ErrorKind::NotFound);
    }
}

void TestGuide::readsEveryShippedGuide()
{
    const QStringList files = QDir(u":/guides/en"_s).entryList({u"*.md"_s});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        // A language without guides falls back to English.
        const auto guide = loadGuide(file.chopped(3), u"xx_YY"_s);
        QVERIFY2(guide, qPrintable(guide ? QString() : guide.error().message));
    }
}

QTEST_GUILESS_MAIN(TestGuide)
#include "tst_guide.moc"
