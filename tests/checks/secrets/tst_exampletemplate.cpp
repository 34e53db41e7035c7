// Examples of rules, from the templates that stand in their files.
#include "checks/secrets/exampletemplate.h"

#include <QRegularExpression>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

class ExampleTemplateTest : public QObject
{
    Q_OBJECT

private slots:
    void fillsTemplates_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("pattern");
        const auto row = [](const char *text, const char *pattern) {
            QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(pattern);
        };
        row("{alnum:24}", "[A-Za-z0-9]{24}");
        row("{hex:40}", "[a-f0-9]{40}");
        row("{HEX:32}", "[A-F0-9]{32}");
        row("{upper:16}", "[A-Z]{16}");
        row("{lower:8}", "[a-z]{8}");
        row("{digits:10}", "[0-9]{10}");
        row("{b64:90}", "[A-Za-z0-9+/]{90}");
        row("{b64url:43}", "[A-Za-z0-9_-]{43}");
        row("{base32:16}", "[A-Z2-7]{16}");
        row("{uuid}", "[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-a[a-f0-9]{3}-[a-f0-9]{12}");
        row("a{lower:1}b{digits:1}c", "a[a-z]b[0-9]c");
        row("{\"a\": {}, ${X} {1:2}", "\\{\"a\": \\{\\}, \\$\\{X\\} \\{1:2\\}");
        row("{letters:3}", "\\{letters:3\\}");
        row("", "");
    }

    void fillsTemplates()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, pattern);
        const QByteArray filled = expanded(text, 1);
        QVERIFY(QRegularExpression(QRegularExpression::anchoredPattern(pattern))
                    .match(QString::fromLatin1(filled))
                    .hasMatch());
        QCOMPARE(expanded(text, 1), filled);
        if (text.contains(":24}") || text.contains("uuid"))
            QVERIFY(expanded(text, 2) != filled);
    }
};

QTEST_GUILESS_MAIN(ExampleTemplateTest)
#include "tst_exampletemplate.moc"
