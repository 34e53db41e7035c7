// What the pages beside the stages say, as plain data: lines of the launch gate, automations, owners.
#include "models/handover/owners.h"
#include "models/providers.h"
#include "ui/gate/gatelines.h"
#include "ui/later/automations.h"

#include <QJsonArray>
#include <QTest>

#include <algorithm>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

ProjectState projectWithSite()
{
    ProjectState project;
    project.settings.target = {u"acme-ops.example"_s, {{HostRole::Site, u"acme-ops.example"_s, 443}}};
    return project;
}

ProjectState projectWithProviders()
{
    ProjectState project = projectWithSite();
    CheckResult result;
    result.checkId = u"dns.providers"_s;
    result.outcome = Outcome::Info;
    const auto provider = [](const QString &name, const QString &kind) {
        return QJsonObject{
            {u"id"_s, name.toLower()}, {u"name"_s, name}, {u"kind"_s, kind}, {u"evidence"_s, QJsonArray{}}};
    };
    result.observed = {
        {u"providers"_s, QJsonArray{provider(u"Cloudflare"_s, u"dns"_s), provider(u"Postmark"_s, u"mail_out"_s),
                                    provider(u"Resend"_s, u"mail_out"_s), provider(u"Nonsense"_s, u"no-such-kind"_s)}}};
    project.latest.emplace(result.key(), result);
    return project;
}

QString providerOf(const std::vector<Ownership> &rows, ProviderKind kind)
{
    const auto row = std::ranges::find(rows, labelOf(kind), &Ownership::system);
    return row == rows.end() ? u"no row"_s : row->provider;
}

Item automationOf(const QStringList &checks)
{
    Item item;
    item.id = u"x.automate.1"_s;
    item.text = u"Watch it"_s;
    item.checks = checks;
    return item;
}

CheckRegistry registryOf(const QStringList &ids)
{
    CheckRegistry registry;
    for (const QString &id : ids) {
        Check check;
        check.id = id;
        registry.add(check);
    }
    return registry;
}

} // namespace

class TestPageFacts : public QObject
{
    Q_OBJECT

private slots:
    void onlyWhatHoldsIsCounted_data()
    {
        QTest::addColumn<ItemState>("state");
        QTest::addColumn<bool>("holds");
        QTest::newRow("proven") << ItemState::Proven << true;
        QTest::newRow("a person says so") << ItemState::AnsweredByPerson << true;
        QTest::newRow("does not apply") << ItemState::NotApplicable << true;
        QTest::newRow("problem") << ItemState::Problem << false;
        QTest::newRow("not looked at") << ItemState::NotLookedAt << false;
    }

    void onlyWhatHoldsIsCounted()
    {
        QFETCH(ItemState, state);
        QFETCH(bool, holds);
        Roadmap roadmap;
        roadmap.minimumBar.resize(2);
        roadmap.minimumBar[0].id = u"x.bar.1"_s;
        const auto lines = gateLines(roadmap, [&](const Item &item) {
            return ItemStatus{.state = item.id.isEmpty() ? ItemState::NotLookedAt : state, .explanation = {}};
        });
        QCOMPARE(lines.size(), std::size_t(2));
        QCOMPARE(lines[0].note, labelOf(state));
        QCOMPARE(gateCount(lines), holds ? u"1 of 2 lines hold"_s : u"0 of 2 lines hold"_s);
    }

    void anAutomationOffersWhatIsBuilt()
    {
        const CheckCatalog catalog = CheckCatalog::load().value();
        const CheckRegistry registry = registryOf({u"monitor.uptime"_s});
        ProjectState project = projectWithSite();
        const Item item = automationOf({u"monitor.uptime"_s, u"monitor.alert-delivery"_s});
        AutomationLine line = automationLine(item, project, catalog, registry);
        QCOMPARE(line.toAdd.size(), std::size_t(1));
        QVERIFY(line.running.isEmpty());
        QCOMPARE(line.notBuilt.size(), 1);
        QVERIFY(!line.isComplete());

        project.monitors = line.toAdd; // pressed
        line = automationLine(item, project, catalog, registry);
        QVERIFY(line.toAdd.empty());
        QCOMPARE(line.running.size(), 1);
        QVERIFY(!line.isComplete()); // a part is not built

        line = automationLine(automationOf({u"monitor.uptime"_s}), project, catalog, registry);
        QVERIFY(line.isComplete());
    }

    void anAutomationWithoutChecksIsNotComplete()
    {
        const AutomationLine line =
            automationLine(automationOf({}), projectWithSite(), CheckCatalog::load().value(), CheckRegistry());
        QVERIFY(!line.isComplete());
        QVERIFY(line.note().isEmpty());
    }

    void ownersBeginWithWhatWasSeen()
    {
        const auto rows = ownershipRows(projectWithProviders());
        QCOMPARE(providerOf(rows, ProviderKind::Dns), u"Cloudflare"_s);
        QCOMPARE(providerOf(rows, ProviderKind::MailOut), u"Postmark, Resend"_s);
        QCOMPARE(providerOf(rows, ProviderKind::Edge), QString());
    }

    void whatPeopleTypedStays()
    {
        ProjectState project = projectWithProviders();
        project.ownership = {{u"Fax"_s, u"Old Line"_s, u"Sam"_s, {}, {}},
                             {labelOf(ProviderKind::Dns), {}, u"Dana"_s, {}, {}},
                             {labelOf(ProviderKind::MailOut), u"Our own"_s, {}, {}, {}}};
        const auto rows = ownershipRows(project);
        QCOMPARE(rows.front(), project.ownership.front());
        QCOMPARE(rows[1].owner, u"Dana"_s);
        QCOMPARE(rows[1].provider, u"Cloudflare"_s); // was empty
        QCOMPARE(providerOf(rows, ProviderKind::MailOut), u"Our own"_s);
        QCOMPARE(std::ranges::count(rows, labelOf(ProviderKind::Dns), &Ownership::system), 1);
    }

    void rowsThatSayNothingAreNotSaved()
    {
        const auto written = writtenRows({{u"DNS"_s, {}, {}, {}, {}}, {u"Edge"_s, {}, u"Dana"_s, {}, {}}});
        QCOMPARE(written.size(), std::size_t(1));
        QCOMPARE(written.front().system, u"Edge"_s);
    }

    void anIncidentBelongsToWhoeverOwnsMonitoring()
    {
        ProjectState project = projectWithSite();
        QVERIFY(monitoringOwner(project).isEmpty());
        project.ownership = ownershipRows(project);
        project.ownership.back().owner = u"Dana"_s;
        QCOMPARE(monitoringOwner(project), u"Dana"_s);
    }
};

QTEST_GUILESS_MAIN(TestPageFacts)
#include "tst_pagefacts.moc"
