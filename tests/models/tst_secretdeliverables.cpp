// The inventory of secrets and the checklist of their replacement, as documents.
#include "foundsamples.h"
#include "models/deliverable.h"

#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace cockpit::sample;
using namespace Qt::StringLiterals;

class TestSecretDeliverables : public QObject
{
    Q_OBJECT

private slots:
    void listsTheInventory();
    void listsCredentialsThatNobodyTookOver();
    void saysWhatIsMissing();
    void listsTheStepsOfWhatWasExposed();
    void listsWhatIsFoundAndNotWrittenDown();
    void saysThatNothingIsKnown();
};

namespace {

DeliverableDocument made(const QString &artifact, const ProjectState &project)
{
    Item item;
    item.artifact = artifact;
    HandoverInput input;
    input.project = project;
    input.now = QDateTime(kToday, QTime(12, 0), Qt::UTC);
    return makeDeliverable(item, input);
}

const Table &tableOf(const DeliverableDocument &document)
{
    const auto block =
        std::ranges::find_if(document.blocks, [](const Block &one) { return std::holds_alternative<Table>(one); });
    return std::get<Table>(*block);
}

QString labelledIn(const DeliverableDocument &document, const QString &label)
{
    for (const Block &block : document.blocks) {
        const auto *paragraph = std::get_if<Paragraph>(&block);
        if (paragraph && paragraph->label == label)
            return paragraph->text;
    }
    return {};
}

bool misses(const DeliverableDocument &document, const QString &words)
{
    return std::ranges::any_of(document.missing, [&](const QString &sentence) { return sentence.contains(words); });
}

} // namespace

void TestSecretDeliverables::listsTheInventory()
{
    ProjectState project;
    project.secrets = {secretEntry(u"SHOP_KEY"_s)};
    const DeliverableDocument document = made(u"secrets-inventory"_s, project);
    const QStringList row{u"SHOP_KEY (Stripe)"_s,
                          u"Dana"_s,
                          u"Takes payments"_s,
                          u"Vercel, environment variables (Production)"_s,
                          u"30 October 2026; due 28 January 2027"_s,
                          u"In order"_s};
    QCOMPARE(tableOf(document).rows, std::vector{row});
    QVERIFY(!misses(document, u"inventory"_s));
}

void TestSecretDeliverables::listsCredentialsThatNobodyTookOver()
{
    ProjectState project;
    project.credentials = {{u"Customer A"_s, u"Signs in"_s, u"credential-1"_s, noon(), {}}};
    QCOMPARE(tableOf(made(u"secrets-inventory"_s, project)).rows.size(), std::size_t(1));
    project.secrets = mergedSecrets({}, proposedSecrets(project)).entries;
    const auto rows = tableOf(made(u"secrets-inventory"_s, project)).rows;
    QCOMPARE(rows.size(), std::size_t(1));
    QCOMPARE(rows.front().front(), u"Customer A"_s);
}

void TestSecretDeliverables::saysWhatIsMissing()
{
    ProjectState project;
    QVERIFY(misses(made(u"secrets-inventory"_s, project), u"No secret is written down"_s));
    SecretEntry alone = secretEntry(u"ALONE"_s);
    alone.owner.clear();
    project.secrets = {secretEntry(u"WELL"_s), alone};
    applyResults(project, {foundBy(u"secrets.tree"_s, {foundRow()})}, noon());
    const DeliverableDocument document = made(u"secrets-inventory"_s, project);
    QVERIFY(misses(document, u"ALONE"_s));
    QVERIFY(!misses(document, u"WELL"_s));
    QVERIFY(misses(document, u"not in the inventory"_s));
}

void TestSecretDeliverables::listsTheStepsOfWhatWasExposed()
{
    ProjectState project;
    SecretEntry half = exposedEntry(u"HALF"_s);
    half.rule = u"stripe-live-secret"_s;
    half.exposedWhere = u"src/pay.js, line 12"_s;
    project.secrets = {secretEntry(u"WELL"_s), withSteps(half, 2), withSteps(exposedEntry(u"DEAD"_s), 5)};
    const DeliverableDocument document = made(u"rotation-checklist"_s, project);
    const Table &table = tableOf(document);
    QCOMPARE(table.rows.size(), std::size_t(2));
    QCOMPARE(table.rows[0][2], u"29 November 2026, Dana"_s);
    QCOMPARE(table.rows[0][3], u"[  ]"_s);
    QVERIFY(!table.rows[1].contains(u"[  ]"_s));
    QVERIFY(labelledIn(document, u"HALF"_s).contains(u"https://dashboard.stripe.com/"_s));
    QVERIFY(labelledIn(document, u"HALF"_s).contains(u"src/pay.js"_s));
    QVERIFY(labelledIn(document, u"DEAD"_s).contains(u"401"_s));
    QVERIFY(misses(document, u"HALF"_s));
    QVERIFY(!misses(document, u"DEAD"_s));
}

void TestSecretDeliverables::listsWhatIsFoundAndNotWrittenDown()
{
    ProjectState project;
    applyResults(project, {foundBy(u"secrets.history"_s, {foundRow()})}, noon());
    const DeliverableDocument document = made(u"rotation-checklist"_s, project);
    QCOMPARE(tableOf(document).rows.size(), std::size_t(1));
    QVERIFY(tableOf(document).rows.front().front().contains(u"Stripe"_s));
}

void TestSecretDeliverables::saysThatNothingIsKnown()
{
    const DeliverableDocument document = made(u"rotation-checklist"_s, {});
    QVERIFY(tableOf(document).rows.empty());
    QVERIFY(!tableOf(document).emptyText.isEmpty());
}

QTEST_GUILESS_MAIN(TestSecretDeliverables)
#include "tst_secretdeliverables.moc"
