// One look at the files of a customer: finds their links, and asks for them as others (filelinks.h).
#pragma once

#include "checks/access/belongings.h"
#include "checks/access/filelinks.h"
#include "checks/access/openfiles.h"

#include <QHash>
#include <QSet>

#include <vector>

namespace cockpit {

constexpr std::size_t kMostTries = 2 * kMostFiles; // their owner may not be able to open some

class FileAttack
{
public:
    FileAttack(const Look &look, const CrossingRoutes &routes, Askers askers)
        : m_look(look), m_routes(routes), m_askers(askers)
    {
    }

    Result<FileLook> run();

private:
    bool isListRead(const ResourceRoutes &resource) const;
    void readItems();
    void findFiles();
    void addLink(const FileLink &link);
    QSet<QString> filesOfOthers() const; // host and path: a signature may be another one for each
    void tryFiles();
    void tryFile(const FileLink &link);
    void tryOthers(const FileLink &link, HttpResponse good); // what its owner got
    void tryAgain(const OpenFile &file);
    bool isKeptFromOthers(const OpenFile &file, const HttpResponse &owners);
    void ask(FileTry &file, FileWho who, FileHow how, const QUrl &url);
    void askInvented(const QUrl &like);
    void control();
    std::optional<HttpResponse> noted(Result<HttpResponse> answer);
    bool isOver() const { return !m_result.brokenOff.isEmpty(); }

    const Look &m_look;
    const CrossingRoutes &m_routes;
    Askers m_askers;
    Belongings m_known;
    FileSurvey m_survey;
    QHash<QString, std::size_t> m_linkAt; // in its list, by host and path
    std::vector<QUrl> m_keptAgain;        // that only this tells of
    FileLook m_result;
};

} // namespace cockpit
