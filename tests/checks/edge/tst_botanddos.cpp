// Cloudflare's filter against robots, and its protection against floods.
#include "checks/edge/botanddos.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

class BotAndDdosTest : public QObject
{
    Q_OBJECT

private slots:
    void readsBotFilters_data();
    void readsBotFilters();
    void judgesFloods_data();
    void judgesFloods();
};

void BotAndDdosTest::readsBotFilters_data()
{
    QTest::addColumn<QJsonObject>("bots");
    QTest::addColumn<QString>("expected");
    QTest::newRow("free, on") << QJsonObject{{u"fight_mode"_s, true}} << u"on"_s;
    QTest::newRow("free, off") << QJsonObject{{u"fight_mode"_s, false}} << u"off"_s;
    QTest::newRow("paid, blocking") << QJsonObject{{u"sbfm_definitely_automated"_s, u"block"_s}} << u"on"_s;
    QTest::newRow("paid, asking") << QJsonObject{{u"sbfm_definitely_automated"_s, u"managed_challenge"_s}} << u"on"_s;
    QTest::newRow("paid, letting in") << QJsonObject{{u"sbfm_definitely_automated"_s, u"allow"_s}} << u"off"_s;
    QTest::newRow("another plan") << QJsonObject{{u"auto_update_model"_s, true}} << u"unknown"_s;
    QTest::newRow("nothing") << QJsonObject() << u"unknown"_s;
}

void BotAndDdosTest::readsBotFilters()
{
    QFETCH(QJsonObject, bots);
    QFETCH(QString, expected);
    const BotFilter filter = readBotFilter(bots);
    QCOMPARE(toWord(filter), expected);
    const Judged judged = judgeBotAndDdos({filter, {}, std::vector<FloodException>(), {}});
    QCOMPARE(said(judged), expected == "on"_L1    ? u"pass"_s
                           : expected == "off"_L1 ? u"bots_unfiltered:low"_s
                                                  : u"info"_s);
}

void BotAndDdosTest::judgesFloods_data()
{
    QTest::addColumn<QJsonObject>("overrides");
    QTest::addColumn<bool>("isOn");
    QTest::addColumn<QString>("expected");
    const auto level = [](const QString &word) { return QJsonObject{{u"sensitivity_level"_s, word}}; };
    const auto inside = [](const QString &list, const QJsonObject &one) {
        return QJsonObject{{list, QJsonArray{one}}};
    };
    const QJsonObject log{{u"action"_s, u"log"_s}};
    QTest::newRow("none") << QJsonObject() << true << u"pass"_s;
    QTest::newRow("essentially off") << level(u"eoff"_s) << true << u"flood_protection_off:high"_s;
    QTest::newRow("off, and the exception is off") << level(u"eoff"_s) << false << u"pass"_s;
    QTest::newRow("low") << level(u"low"_s) << true << u"flood_protection_slow:low"_s;
    QTest::newRow("medium") << level(u"medium"_s) << true << u"pass"_s;
    QTest::newRow("only watching") << log << true << u"flood_protection_off:high"_s;
    QTest::newRow("blocking") << QJsonObject{{u"action"_s, u"block"_s}} << true << u"pass"_s;
    QTest::newRow("one rule of it") << inside(u"rules"_s, level(u"eoff"_s)) << true << u"flood_protection_off:high"_s;
    QTest::newRow("one category of it") << inside(u"categories"_s, log) << true << u"flood_protection_off:high"_s;
}

void BotAndDdosTest::judgesFloods()
{
    QFETCH(QJsonObject, overrides);
    QFETCH(bool, isOn);
    const QJsonObject rule{{u"description"_s, u"For a partner"_s},
                           {u"enabled"_s, isOn},
                           {u"action_parameters"_s, QJsonObject{{u"overrides"_s, overrides}}}};
    QTEST(said(judgeBotAndDdos({BotFilter::On, {}, readFloodExceptions(QJsonArray{rule}), {}})), "expected");
    QCOMPARE(said(judgeBotAndDdos({BotFilter::On, u"block"_s, std::vector<FloodException>(), {}})),
             u"search_engines_blocked:medium"_s);
}

QTEST_GUILESS_MAIN(BotAndDdosTest)
#include "tst_botanddos.moc"
