// The links to files that a look found: which of them it tries, and what that leaves unseen. Pure.
#pragma once

#include "checks/engine/lookgaps.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QUrl>

#include <vector>

namespace cockpit {

constexpr std::size_t kMostFiles = 6;

struct FileLink
{
    QUrl url;
    QString shownAt;          // the address of the first answer that has the link
    QStringList shownBy = {}; // the routes of all of them: "GET /invoices", "GET /invoices/{id}"
};

// Of a finding the subject: "/files/invoices".
QString folderOf(const QUrl &url);
// Of a host; /files/17 and /files/18 are of one kind: what keeps the one back keeps back the other.
QString folderKindOf(const QUrl &url);

// One of each kind of folder before a second one of any; else in their order.
std::vector<FileLink> spreadOverFolders(const std::vector<FileLink> &links);

struct FileSurvey
{
    std::vector<FileLink> links = {};   // of the owner alone, on hosts that were agreed to
    std::vector<FileLink> foreign = {}; // on others, where nothing is sent
    std::vector<QUrl> dead = {};        // that their owner could not open
    std::vector<QUrl> asked = {};       // for as others
    QStringList unread = {};            // kinds of records that were not looked at for links
    QStringList notRead = {};           // the routes of those records, and lists that were not read (belongings.h)
    bool hasSilent = false;             // a list told nothing to its owner, or to the other customer
};

// Kinds of folders that nobody was asked for: those of the links, and of those that `before`, what the last look
// observed, has as well, the ones that a route showed which was not read this time: the links to them may stand there.
std::vector<LookGap> unsentFiles(const FileSurvey &survey, const QString &owner, const QJsonObject &before);

// For observed["folders"], and so for the next look: the folders of the links, and those that are owed from before.
// [{"folder","host","shown_by": [routes], empty: not known}].
QJsonArray knownFolders(const FileSurvey &survey, const QJsonObject &before);
// Of a look that ended before it began.
Judged withFoldersOf(const QJsonObject &before, Judged judged);

} // namespace cockpit
