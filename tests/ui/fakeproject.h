// A session with made-up checks, no network, and a project file in a folder of its own.
#pragma once

#include "ui/session.h"

#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>

namespace cockpit::testing {

// Holds what services point to; outlives the session that is made from it.
class FakeProject
{
public:
    enum class Endless { No, Yes };
    explicit FakeProject(Endless endless = Endless::No);

    std::unique_ptr<Session> makeSession() const;
    QString path(const QString &name = QStringLiteral("made.cockpit")) const { return m_folder.filePath(name); }
    ProjectSettings settings() const;

    // The check that goes on until it is stopped is only in the registry when asked for.
    void addEndlessCheck();
    // So is the check that cannot look before there are routes.
    void addCheckOfRoutes();
    // And the one that rests on a message that arrived: passes with a proof of DMARC, else it did not run.
    void addCheckOfMessage();
    void add(Check check) { m_registry.add(std::move(check)); }
    // The open file can no longer tell what was measured.
    void loseSamples() const;
    // Before makeSession(): who answers the page of records.
    void setRecords(const RecordServices &records) { m_records = records; }
    void setGuards(const GuardServices &guards) { m_guards = guards; }
    void setPace(const RecordWatchPace &pace) { m_pace = pace; }
    // The failing check passes from now on.
    void fix() { *m_fixed = true; }

    static constexpr auto kFailing = "mail.dmarc";
    static constexpr auto kPassing = "dns.resolution";
    static constexpr auto kOfRoutes = "access.unauthenticated";
    static constexpr auto kOfMessage = "mail.delivery";
    static constexpr auto kEndless = "tls.reachable";

private:
    QTemporaryDir m_folder;
    CheckCatalog m_catalog;
    CheckRegistry m_registry;
    std::vector<Roadmap> m_roadmaps;
    RecordServices m_records;
    GuardServices m_guards;
    RecordWatchPace m_pace;
    std::shared_ptr<bool> m_fixed = std::make_shared<bool>(false);
};

} // namespace cockpit::testing
