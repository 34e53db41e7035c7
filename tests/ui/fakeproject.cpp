#include "fakeproject.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

namespace cockpit::testing {

using namespace Qt::StringLiterals;

namespace {

Finding missingPolicy()
{
    Finding finding;
    finding.code = u"missing"_s;
    finding.severity = Severity::Critical;
    finding.proof = Proof::Proven;
    finding.impact = Impact::EmailDelivery;
    finding.title = u"Anyone can send email as you"_s;
    finding.whatWeSaw = u"There is no DMARC record for made.example."_s;
    finding.fix.paste = u"_dmarc TXT v=DMARC1; p=quarantine"_s;
    finding.effortMinutes = 10;
    finding.evidence = {{u"GET https://made.example/it's"_s, u"HTTP/1.1 200 OK"_s}};
    return finding;
}

Check failingCheck(std::shared_ptr<bool> fixed)
{
    Check check;
    check.id = QString::fromLatin1(FakeProject::kFailing);
    check.look = [fixed](const Look &) {
        Judged judged;
        if (!*fixed)
            judged.findings = {missingPolicy()};
        judged.outcome = outcomeFor(judged.findings);
        judged.summary = *fixed ? u"A DMARC policy is published."_s : u"No DMARC record."_s;
        return judged;
    };
    return check;
}

Check passingCheck()
{
    Check check;
    check.id = QString::fromLatin1(FakeProject::kPassing);
    check.scope = Scope::EachHost;
    check.look = [](const Look &look) {
        Judged judged;
        judged.summary = u"%1 resolves."_s.arg(look.host->name);
        return judged;
    };
    return check;
}

} // namespace

FakeProject::FakeProject(Endless endless) : m_catalog(CheckCatalog::load().value()), m_roadmaps(loadRoadmaps().value())
{
    m_registry.add(failingCheck(m_fixed));
    m_registry.add(passingCheck());
    if (endless == Endless::Yes)
        addEndlessCheck();
}

void FakeProject::addCheckOfRoutes()
{
    Check check;
    check.id = QString::fromLatin1(kOfRoutes);
    check.needs = {Need::Routes};
    check.look = [](const Look &) { return Judged(); };
    m_registry.add(std::move(check));
}

void FakeProject::addCheckOfMessage()
{
    Check check;
    check.id = QString::fromLatin1(kOfMessage);
    check.needs = {Need::Message};
    check.look = [](const Look &look) {
        const bool isProven = look.facts.delivery && look.facts.delivery->dmarc == ProofState::Pass;
        Judged judged = isProven ? Judged() : notRun(labelOf(Need::Message));
        if (look.facts.delivery) // as mail.delivery tells it
            judged.observed.insert(u"read_at"_s, look.facts.delivery->at.toUTC().toString(Qt::ISODate));
        return judged;
    };
    m_registry.add(std::move(check));
}

void FakeProject::addEndlessCheck()
{
    Check check;
    check.id = QString::fromLatin1(kEndless);
    check.look = [](const Look &look) {
        while (!look.seen.token().waitFor(std::chrono::seconds(1))) {
        }
        return couldNotLook({ErrorKind::Cancelled, u"Stopped."_s});
    };
    m_registry.add(std::move(check));
}

void FakeProject::loseSamples() const
{
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"damage"_s);
        file.setDatabaseName(path());
        QVERIFY(file.open());
        QVERIFY(QSqlQuery(file).exec(u"DROP TABLE sample"_s));
    }
    QSqlDatabase::removeDatabase(u"damage"_s);
}

std::unique_ptr<Session> FakeProject::makeSession() const
{
    SessionServices services;
    services.run.catalog = &m_catalog;
    services.run.registry = &m_registry;
    services.roadmaps = m_roadmaps;
    services.language = u"en"_s;
    services.toolVersion = u"test"_s;
    services.records = m_records;
    services.guards = m_guards;
    services.recordWatch = m_pace;
    return std::make_unique<Session>(std::move(services));
}

ProjectSettings FakeProject::settings() const
{
    ProjectSettings settings;
    settings.name = u"Made"_s;
    settings.target = parseAddress(u"made.example"_s).value();
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    return settings;
}

} // namespace cockpit::testing
