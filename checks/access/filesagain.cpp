// The files that a look tries: those whose links it found, and those that an earlier one opened.
#include "checks/access/fileattack.h"
#include "checks/actors/refusal.h"
#include "checks/net/urlhost.h"
#include "checks/web/obstacle.h"

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

void FileAttack::tryFiles()
{
    std::size_t tries = 0;
    for (const FileLink &link : spreadOverFolders(m_survey.links)) {
        if (m_result.files.size() < kMostFiles && tries++ < kMostTries && !isOver())
            tryFile(link);
    }
    const QJsonObject before = m_look.facts.lastObserved(u"access.file-links"_s);
    std::size_t again = 0;
    for (const OpenFile &file : stillOwed(m_result, before, {})) {
        const bool isCovered = m_askers.wire.gate() && m_askers.wire.gate()->covers(hostOf(file.url));
        const bool isAsked = std::ranges::any_of(m_survey.asked, [&](const QUrl &url) {
            return hostOf(url) == hostOf(file.url) && folderOf(url) == folderOf(file.url);
        });
        if (isCovered && !isAsked && !isOver() && again++ < kMostFilesAgain)
            tryAgain(file);
    }
    const std::vector<OpenFile> owed = stillOwed(m_result, before, m_keptAgain);
    m_result.unsent = unsentFiles(m_survey, m_result.owner, before);
    if (const LookGap gap = gapOf(owed, m_result); !gap.hides.empty())
        m_result.unsent.push_back(gap);
    m_result.folders = knownFolders(m_survey, before);
    m_result.owed = rowsOf(owed);
}

// What its owner gets is compared, as with any other. Of what the owner is not given, or not without its signature,
// a refusal alone tells.
void FileAttack::tryAgain(const OpenFile &file)
{
    ActiveRequest request;
    request.url = file.url;
    auto owners = noted(m_askers.owner.ask(request));
    if (!owners)
        return;
    if (!file.isSigned && isGoodAnswer(*owners, {}) && !owners->body.isEmpty())
        return tryOthers({file.url, file.shownAt}, std::move(*owners));
    const bool isGone = owners->status == 410 && !obstacleIn(*owners);
    if (isGone || isKeptFromOthers(file, *owners))
        m_keptAgain.push_back(file.url);
}

bool FileAttack::isKeptFromOthers(const OpenFile &file, const HttpResponse &owners)
{
    FileTry tried{.url = file.url, .shownAt = file.shownAt, .good = owners, .asks = {}};
    if (!isGoodAnswer(owners, {}))
        tried.good.body.clear(); // it is no file that anybody else could be given as well
    for (const FileWho who : {FileWho::Outsider, FileWho::Nobody})
        ask(tried, who, FileHow::AsIs, file.url);
    // That a file is there no more says nothing about its folder: then a refusal in so many words tells.
    return tried.asks.size() == 2 && std::ranges::all_of(tried.asks, [&](const FileAsk &one) {
               return resultOf(m_result, tried, one) == FileResult::Kept &&
                      (owners.status != 404 || one.answer.status != 404);
           });
}

} // namespace cockpit
