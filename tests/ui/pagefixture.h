// A project as the pages meet it: a file with findings, monitors and samples, opened by a real Session over fake
// services.
#pragma once

#include "models/projectstore.h"
#include "models/roadmap.h"
#include "ui/session.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>

namespace cockpit::testing {

// Keeps values in memory, or fails every call the same way. It may take its time: then answers wait in `late`.
class FakeCredentialStore : public CredentialStore
{
public:
    void write(const QString &entry, const Secret &value, std::function<void(Result<void>)> done) override
    {
        if (error)
            return done(tl::unexpected(*error));
        settle([this, entry, value, done] {
            values.insert_or_assign(entry, value);
            done({});
        });
    }

    void read(const QString &entry, std::function<void(Result<Secret>)> done) override
    {
        if (error)
            return done(tl::unexpected(*error));
        settle([this, entry, done] {
            ++reads;
            const auto found = values.find(entry);
            if (found == values.end())
                return done(failure(ErrorKind::NotFound, QStringLiteral("There is no such entry.")));
            done(found->second);
        });
    }

    void remove(const QString &entry, std::function<void(Result<void>)> done) override
    {
        if (error)
            return done(tl::unexpected(*error));
        settle([this, entry, done] {
            values.erase(entry);
            done({});
        });
    }

    bool isSessionOnly() const override { return sessionOnly; }
    bool canKeepForSession() const override { return offersSession && !sessionOnly; }
    void keepForSession() override { sessionOnly = true; }

    std::map<QString, Secret> values;
    std::optional<Error> error;
    bool sessionOnly = false;
    bool offersSession = false; // to go on in memory
    bool isSlow = false;
    int reads = 0; // answered
    std::vector<std::function<void()>> late;

private:
    void settle(std::function<void()> work)
    {
        if (isSlow)
            late.push_back(std::move(work));
        else
            work();
    }
};

inline Finding makeFinding(const QString &checkId, const QString &title, Severity severity, Impact impact, int minutes)
{
    Finding finding;
    finding.checkId = checkId;
    finding.code = QStringLiteral("seen");
    finding.severity = severity;
    finding.impact = impact;
    finding.proof = Proof::Strong;
    finding.title = title;
    finding.whatWeSaw = QStringLiteral("What was seen on the wire, and what was wanted instead.");
    finding.whyItMatters = QStringLiteral("Customers would notice before you do.");
    finding.fix.steps = {QStringLiteral("Open the dashboard."), QStringLiteral("Change the setting.")};
    finding.effortMinutes = minutes;
    return finding;
}

class PageFixture
{
public:
    // Writes the project file and opens it; isReady() once that is done. change: of the services, for tests of one
    // page. more: findings beside the usual ones.
    explicit PageFixture(
        const std::function<void(SessionServices &)> &change = [](SessionServices &) {},
        const std::vector<Finding> &more = {})
    {
        catalog = CheckCatalog::load().value();
        writeProject(more);
        SessionServices services;
        services.run.catalog = &catalog;
        services.run.registry = &registry;
        services.roadmaps = loadRoadmaps().value();
        services.credentials = &keychain;
        services.takeSample = [](const Monitor &monitor, const NetOptions &, const CancelToken &) {
            Sample sample;
            sample.monitorId = monitor.id;
            sample.at = QDateTime::currentDateTimeUtc();
            sample.state = SampleState::Up;
            sample.total = std::chrono::milliseconds(210);
            return sample;
        };
        services.language = QStringLiteral("en");
        change(services);
        session = std::make_unique<Session>(std::move(services));
        session->openProject(path(), OpenMode::ReadWrite);
    }

    bool isReady() const { return session->isOpen(); }
    QString path() const { return folder.filePath(QStringLiteral("acme.cockpit")); }

    QTemporaryDir folder;
    CheckCatalog catalog;
    CheckRegistry registry;
    FakeCredentialStore keychain;
    std::unique_ptr<Session> session;

private:
    void writeProject(const std::vector<Finding> &more)
    {
        ProjectSettings settings{QStringLiteral("Acme Ops"), {}, QString::fromLatin1(kDefaultRoadmapId), {}};
        settings.target = {QStringLiteral("acme-ops.example"),
                           {{HostRole::Site, QStringLiteral("acme-ops.example"), 443},
                            {HostRole::App, QStringLiteral("app.acme-ops.example"), 443}}};
        const auto store = ProjectStore::create(path(), settings).value();
        QVERIFY(store->saveRun(makeRun(more)).has_value());
        std::vector<Monitor> monitors(2);
        monitors[0].name = QStringLiteral("Homepage");
        monitors[0].url = QStringLiteral("https://acme-ops.example/");
        monitors[1].name = QStringLiteral("App");
        monitors[1].url = QStringLiteral("https://app.acme-ops.example/");
        const auto saved = store->saveMonitors(monitors).value();
        for (const Monitor &monitor : saved)
            QVERIFY(store->appendSamples(makeSamples(monitor.id)).has_value());
    }

    static Run makeRun(const std::vector<Finding> &more)
    {
        Run run;
        run.started = QDateTime::currentDateTimeUtc();
        run.finished = run.started.addSecs(9);
        run.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
        const std::vector<Finding> findings{
            makeFinding(QStringLiteral("mail.dmarc"), QStringLiteral("Anyone can send email as you"),
                        Severity::Critical, Impact::EmailDelivery, 10),
            makeFinding(QStringLiteral("exposure.files"), QStringLiteral("A private key is readable by the public"),
                        Severity::Critical, Impact::DataExposure, 30),
            makeFinding(QStringLiteral("tls.expiry"), QStringLiteral("Your certificate renews late"), Severity::High,
                        Impact::Downtime, 20),
            makeFinding(QStringLiteral("http.hsts"), QStringLiteral("Browsers may fall back to plain HTTP"),
                        Severity::Medium, Impact::AccountTakeover, 15),
        };
        for (const Finding &finding : findings) {
            CheckResult result;
            result.checkId = finding.checkId;
            result.outcome = Outcome::Fail;
            result.summary = finding.title;
            result.findings = {finding};
            run.results.push_back(result);
        }
        for (const Finding &finding : more) {
            const auto known = std::ranges::find(run.results, finding.checkId, &CheckResult::checkId);
            if (known != run.results.end())
                known->findings.push_back(finding);
            else
                run.results.push_back({.checkId = finding.checkId,
                                       .host = {},
                                       .outcome = Outcome::Fail,
                                       .summary = finding.title,
                                       .findings = {finding}});
        }
        CheckResult pass;
        pass.checkId = QStringLiteral("http.cors");
        pass.outcome = Outcome::Pass;
        pass.summary = QStringLiteral("Only named websites may call the API.");
        run.results.push_back(pass);
        return run;
    }

    // A day, a look every two minutes, slow and down for a while in the afternoon.
    static std::vector<Sample> makeSamples(qint64 monitorId)
    {
        std::vector<Sample> samples;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (int i = 720; i >= 1; --i) {
            Sample sample;
            sample.monitorId = monitorId;
            sample.at = now.addSecs(-120 * i);
            const bool down = i > 200 && i < 206;
            sample.state = down ? SampleState::Down : SampleState::Up;
            sample.total = std::chrono::milliseconds(170 + (i * 7919) % 130 + (i > 190 && i < 240 ? 400 : 0));
            sample.message = down ? QStringLiteral("HTTP 502 from the app; DNS and TLS were fine") : QString();
            samples.push_back(sample);
        }
        return samples;
    }
};

} // namespace cockpit::testing
