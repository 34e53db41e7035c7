// The rules for secrets, as the search compiles them.
#include "checks/secrets/leakrule.h"
#include "checks/secrets/patternparts.h"
#include "tests/checks/secrets/loadedrules.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cstdlib>

#include <hs/hs.h>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class RuleSearchTest : public QObject
{
    Q_OBJECT

private slots:
    // The program itself leaves that out when it starts.
    void compilesItsPatterns()
    {
        std::vector<QByteArray> files;
        for (const QFileInfo &info : QDir(u":/rules/secrets"_s).entryInfoList({u"*.json"_s})) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            files.push_back(file.readAll());
        }
        const auto parsed = parseLeakRules(files);
        QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error().message));
        QCOMPARE(parsed->size(), rules().size());
    }

    // What runs on has one length, and is the whole match: else nobody could say where it ends.
    void knowsWhereRunsEnd()
    {
        int runs = 0;
        for (const LeakRule &rule : rules()) {
            if (!rule.runsOn)
                continue;
            ++runs;
            hs_expr_info_t *seen = nullptr;
            hs_compile_error_t *error = nullptr;
            QCOMPARE(hs_expression_info(rule.pattern.constData(), 0, &seen, &error), HS_SUCCESS);
            const bool isFixed = seen->min_width == seen->max_width;
            std::free(seen); // NOLINT(cppcoreguidelines-no-malloc): what Hyperscan's documentation asks for
            QVERIFY2(isFixed && !rule.isCaseless && rule.near.isEmpty(), qPrintable(rule.id));
            QVERIFY2(QRegularExpression(QString::fromLatin1(rule.pattern)).captureCount() == 0, qPrintable(rule.id));
        }
        QVERIFY(runs > 0);
    }

    // The coarse search would miss what is longer.
    void searchesForAllThatStandsBetween_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("given") << QByteArray("{given}");
        QTest::newRow("before") << QByteArray("{before}");
        QTest::newRow("set") << QByteArray("{set}");
        QTest::newRow("call") << QByteArray("{call}");
    }

    void searchesForAllThatStandsBetween()
    {
        QFETCH(QByteArray, part);
        const QByteArray pattern = withParts(part);
        QVERIFY(pattern != part);
        hs_expr_info_t *seen = nullptr;
        hs_compile_error_t *error = nullptr;
        QCOMPARE(hs_expression_info(pattern.constData(), 0, &seen, &error), HS_SUCCESS);
        const auto [fewest, most] = std::pair(seen->min_width, seen->max_width);
        std::free(seen); // NOLINT(cppcoreguidelines-no-malloc): what Hyperscan's documentation asks for
        QVERIFY2(fewest >= 1 && most <= unsigned{kLongestGiven}, qPrintable(u"%1 to %2 bytes"_s.arg(fewest).arg(most)));
    }

    // The search compiles all of them into one automaton.
    void isSearchableAtOnce()
    {
        std::vector<const char *> patterns;
        std::vector<unsigned> flags;
        std::vector<unsigned> numbers;
        for (const LeakRule &rule : rules()) {
            patterns.push_back(searchedOf(rule).constData());
            flags.push_back(rule.isCaseless ? HS_FLAG_CASELESS : 0U);
            numbers.push_back(static_cast<unsigned>(numbers.size()));
        }
        hs_database_t *database = nullptr;
        hs_compile_error_t *error = nullptr;
        const auto outcome =
            hs_compile_multi(patterns.data(), flags.data(), numbers.data(), static_cast<unsigned>(patterns.size()),
                             HS_MODE_BLOCK, nullptr, &database, &error);
        QString why;
        if (error && error->expression >= 0)
            why = rules()[static_cast<size_t>(error->expression)].id + u": "_s;
        if (error)
            why += QString::fromLatin1(error->message);
        hs_free_compile_error(error);
        hs_free_database(database);
        QVERIFY2(outcome == HS_SUCCESS, qPrintable(why));
    }
};

QTEST_GUILESS_MAIN(RuleSearchTest)
#include "tst_rulesearch.moc"
