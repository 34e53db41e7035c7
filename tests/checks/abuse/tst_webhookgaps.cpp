// abuse.webhook-signature: a way that was meant to be tried and did not tell passes nothing and closes no finding.
#include "checks/abuse/webhook.h"
#include "models/unseen.h"
#include "tests/checks/web/pages.h"

#include <QTest>

using namespace cockpit;
using namespace cockpit::test;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kJson = "Content-Type: application/json";
constexpr int kSilent = 0;

HttpResponse answerOf(int status)
{
    return answer(status, status < 300 ? kJson : QByteArray("Content-Type: text/plain"), R"({"ok":1})");
}

// As a sound product with the key answers: without a signature 401, with a good one 200, with an old one 400.
WebhookRun soundRun(const QByteArray &header)
{
    using enum WebhookWay;
    WebhookRun run{.route = {}, .headerName = header, .hasKey = true};
    run.route.method = u"POST"_s;
    run.route.path = u"/webhooks/stripe"_s;
    const std::pair<WebhookWay, int> ways[] = {{Nowhere, 404}, {Malformed, 400}, {None, 401}, {Garbage, 401},
                                               {Valid, 200},   {Again, 200},     {Old, 400}};
    for (const auto &[way, status] : ways)
        run.tries.push_back({way, {}, answerOf(status)});
    return run;
}

bool closes(const Judged &judged, const QString &code)
{
    CheckResult result{.outcome = judged.outcome};
    result.observed = judged.observed;
    Finding earlier;
    earlier.code = code;
    earlier.subject = u"POST /webhooks/stripe"_s;
    return hasSeen(result, earlier);
}

} // namespace

class TestWebhookGaps : public QObject
{
    Q_OBJECT

private slots:
    void saysWhatDidNotTell_data();
    void saysWhatDidNotTell();
    void saysTheEndOnce();
    void needsNoWrongSignatureWhereNoneIsNeeded();
};

void TestWebhookGaps::saysWhatDidNotTell_data()
{
    QTest::addColumn<WebhookWay>("way");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code"); // that stays open; empty: it told
    using enum WebhookWay;
    QTest::newRow("garbage refused") << Garbage << 401 << QString();
    QTest::newRow("garbage silent") << Garbage << kSilent << u"wrong_signature_accepted"_s;
    QTest::newRow("garbage 500") << Garbage << 500 << u"wrong_signature_accepted"_s;
    QTest::newRow("garbage 404") << Garbage << 404 << u"wrong_signature_accepted"_s;
    QTest::newRow("garbage, to the login page") << Garbage << 302 << u"wrong_signature_accepted"_s;
    QTest::newRow("old silent") << Old << kSilent << u"old_signature_accepted"_s;
    QTest::newRow("old 503") << Old << 503 << u"old_signature_accepted"_s;
    QTest::newRow("old refused") << Old << 403 << QString();
    QTest::newRow("again silent") << Again << kSilent << u"event_counted_twice"_s;
    QTest::newRow("again 500") << Again << 500 << u"event_counted_twice"_s;
    QTest::newRow("again refused") << Again << 409 << QString();
}

void TestWebhookGaps::saysWhatDidNotTell()
{
    QFETCH(WebhookWay, way);
    QFETCH(int, status);
    QFETCH(QString, code);
    WebhookRun run = soundRun("Stripe-Signature");
    const auto tried = std::ranges::find(run.tries, way, &WebhookTry::way);
    if (status == kSilent)
        run.tries.erase(tried);
    else
        tried->answer = answerOf(status);
    WebhookLook look;
    look.routes = {run};
    const Judged judged = judgeWebhooks(look);
    QCOMPARE(said(judged), code.isEmpty() ? u"pass"_s : u"info"_s);
    QCOMPARE(judged.reason.contains("POST /webhooks/stripe"_L1), !code.isEmpty());
    for (const QString &any : {u"wrong_signature_accepted"_s, u"old_signature_accepted"_s, u"event_counted_twice"_s})
        QVERIFY2(closes(judged, any) == (any != code), qPrintable(any));
}

// What was not sent after the end did not fail to answer.
void TestWebhookGaps::saysTheEndOnce()
{
    WebhookRun run = soundRun("Stripe-Signature");
    std::erase_if(run.tries, [](const WebhookTry &one) { return one.way == WebhookWay::Old; });
    WebhookLook look;
    look.routes = {run};
    look.brokenOff = u"The end."_s;
    const Judged judged = judgeWebhooks(look);
    QCOMPARE(judged.reason, look.brokenOff);
    QVERIFY(!closes(judged, u"old_signature_accepted"_s));
}

// Whoever takes an event without a signature has a worse finding than a wrong one.
void TestWebhookGaps::needsNoWrongSignatureWhereNoneIsNeeded()
{
    WebhookRun run = soundRun("Stripe-Signature");
    std::ranges::find(run.tries, WebhookWay::None, &WebhookTry::way)->answer = answerOf(200);
    std::erase_if(run.tries, [](const WebhookTry &one) { return one.way == WebhookWay::Garbage; });
    WebhookLook look;
    look.routes = {run};
    const Judged judged = judgeWebhooks(look);
    QCOMPARE(said(judged), u"unsigned_accepted:critical"_s);
    QVERIFY2(judged.reason.isEmpty(), qPrintable(judged.reason));
}

QTEST_GUILESS_MAIN(TestWebhookGaps)
#include "tst_webhookgaps.moc"
