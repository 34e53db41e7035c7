#include "checks/secrets/envcompleteness.h"
#include "tests/checks/secrets/settingsmade.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::env;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kLive = Environment::Production;
const QString kName = u"A_KEY"_s;

NeededName needed(const QString &name, bool hasDefault = false, const QString &file = u"src/a.ts"_s)
{
    return {name, file, 7, hasDefault};
}

Setting guessed(Setting made)
{
    made.origin = Origin::EnvFile;
    return made;
}

} // namespace

class TestEnvCompleteness : public QObject
{
    Q_OBJECT

private slots:
    void judges_data()
    {
        QTest::addColumn<std::vector<Setting>>("settings");
        QTest::addColumn<std::vector<NeededName>>("names");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, std::vector<Setting> settings, std::vector<NeededName> names,
                            const QString &expected) {
            QTest::newRow(name) << std::move(settings) << std::move(names) << expected;
        };
        const Setting other = setting(u"OTHER"_s, kLive);
        row("complete", {setting(kName, kLive)}, {needed(kName)}, u"pass"_s);
        row("missing", {other}, {needed(kName)}, u"missing(A_KEY):high"_s);
        row("missing in a script", {other}, {needed(kName, false, u"scripts/a.ts"_s)}, u"missing(A_KEY):low"_s);
        row("missing in a file that may hold a part", {guessed(other)}, {needed(kName)}, u"missing(A_KEY):medium"_s);
        row("with a default", {other}, {needed(kName, true)}, u"default_in_use():low"_s);
        row("given by the system", {other}, {needed(u"PORT"_s), needed(u"VERCEL_URL"_s)}, u"pass"_s);
        row("kept in a vault", {inState(setting(kName, kLive), ValueState::Elsewhere)}, {needed(kName)}, u"pass"_s);
        row("encrypted", {inState(setting(kName, kLive), ValueState::Unreadable)}, {needed(kName)}, u"info"_s);
        row("encrypted, not needed", {other, inState(setting(kName, kLive), ValueState::Unreadable)},
            {needed(u"OTHER"_s)}, u"pass"_s);
        row("set in another environment", {other, setting(kName, Environment::Local)}, {needed(kName)},
            u"missing(A_KEY):high"_s);
        row("in staging alone", {other, setting(kName, Environment::Staging)}, {needed(u"OTHER"_s)},
            u"missing_listed(A_KEY):low"_s);
        row("at home alone", {other, setting(kName, Environment::Local)}, {needed(u"OTHER"_s)}, u"pass"_s);
        row("listed and read", {other, listed(kName)}, {needed(kName)}, u"missing(A_KEY):high"_s);
        row("listed, with a default", {other, listed(kName)}, {needed(kName, true)}, u"default_in_use():low"_s);
        row("listed", {other, listed(kName)}, {}, u"missing_listed(A_KEY):medium"_s);
        row("listed, not read", {other, listed(kName)}, {needed(u"OTHER"_s)}, u"missing_listed(A_KEY):low"_s);
        row("empty", {inState(setting(kName, kLive), ValueState::Empty)}, {needed(kName)}, u"empty(A_KEY):medium"_s);
        row("empty, with a default", {inState(setting(kName, kLive), ValueState::Empty)}, {needed(kName, true)},
            u"pass"_s);
        row("empty in one file and set in another",
            {inState(setting(kName, kLive), ValueState::Empty), setting(kName, kLive)}, {needed(kName)}, u"pass"_s);
        row("placeholder", {inState(setting(kName, kLive), ValueState::Placeholder)}, {needed(kName)},
            u"placeholder(A_KEY):medium"_s);
        row("nothing says what is needed", {other}, {}, u"info"_s);
        row("production is not known", {setting(kName, Environment::Staging)}, {needed(kName)}, u"not_run"_s);
        row("nothing", {}, {}, u"not_run"_s);
    }

    void judges()
    {
        QFETCH(std::vector<Setting>, settings);
        QFETCH(std::vector<NeededName>, names);
        SettingsRead read = readOf(settings);
        read.needed = names;
        read.codeFiles = names.empty() ? 0 : 1;
        QTEST(saidOf(judgeEnvCompleteness(read)), "expected");
    }

    void counts()
    {
        SettingsRead read = readOf({setting(kName, kLive), listed(u"B_KEY"_s)});
        read.needed = {needed(kName), needed(u"C_KEY"_s), needed(u"D_KEY"_s, true)};
        read.codeFiles = 1;
        const Judged judged = judgeEnvCompleteness(read);
        QCOMPARE(judged.observed["needed"_L1], 3);
        QCOMPARE(judged.observed["present"_L1], 1);
    }
};

QTEST_GUILESS_MAIN(TestEnvCompleteness)
#include "tst_envcompleteness.moc"
