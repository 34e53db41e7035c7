// access.file-links: files of one customer open for nobody else, and a signed link only as it was signed (facts 17).
// observed: "owner", "outsider", "files": [{"address": without its query,"shown_at","signed": bool,"asks": [{"who":
// outsider|nobody,"how": as_is|unsigned|altered,"status","result": opened|kept|unclear}]}], "folders":
// filesurvey.h, "not_tried_again"?: openfiles.h, "foreign": hosts of files that are none of the target's, "broken_off":
// sentence?, "requests", not_seen (models/unseen.h).
#pragma once

#include "checks/access/filesurvey.h"
#include "checks/actors/markers.h"
#include "checks/actors/wire.h"
#include "checks/engine/check.h"
#include "models/secret.h"

#include <vector>

namespace cockpit {

enum class FileWho { Outsider, Nobody };
enum class FileHow { AsIs, Unsigned, Altered };

struct FileAsk
{
    FileWho who = FileWho::Outsider;
    FileHow how = FileHow::AsIs;
    ActiveRequest request; // as it was sent
    HttpResponse answer;
};

struct FileTry
{
    QUrl url;
    QString shownAt;   // the address of the answer that has the link
    HttpResponse good; // as the owner gets it
    std::vector<FileAsk> asks;
    int unanswered = 0; // beside them
};

struct FileLook
{
    QString owner, outsider;
    std::vector<FileTry> files;
    std::vector<HttpResponse> invented; // what an address gets that no file has
    QStringList foreign;
    std::vector<LookGap> unsent = {}; // folders
    QJsonArray folders = {};          // for the next look (filesurvey.h)
    QJsonArray owed = {};             // of an earlier look (openfiles.h)
    bool othersHaveFiles = true;      // the other customer is shown files, so that a shared one would be among them
    bool hasGaps = false;             // an answer that may have shown a file, or been one, did not come
    QString brokenOff = {};
    Markers markers;
    std::vector<Secret> known = {};
    int requests = 0;
};

// file_open, file_crosses, signature_ignored: one finding for each folder of a host.
enum class FileResult { Opened, Kept, Unclear };
FileResult resultOf(const FileLook &look, const FileTry &file, const FileAsk &ask);

// Links to files in an answer, on any host: by where they lie and how they end. Not the parts of pages.
std::vector<QUrl> fileLinksIn(const HttpResponse &answer);
bool isUnguessable(const QUrl &url);    // by its name, which nobody can count up or try
bool isSigned(const QUrl &url);         // has a signature in its query
QUrl withoutSignature(const QUrl &url); // the same without all that signs it
QUrl withAlteredSignature(const QUrl &url);

Judged judgeFileLinks(const FileLook &look);
Check fileLinksCheck();

} // namespace cockpit
