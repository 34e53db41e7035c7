// Files that an earlier look opened as somebody who may not: where no list shows them any more, their folder may be as
// open as before. One of each folder is remembered, and asked for again, until others are refused or it is gone. Pure.
#pragma once

#include "checks/access/filelinks.h"

namespace cockpit {

struct OpenFile
{
    QUrl url; // without its query, which may hold a signature
    QString shownAt;
    bool isSigned = false; // its signature was not looked at; it is known no more
};

// So many of them a look asks for, beside those that it finds; each as its owner, another customer, a stranger, and at
// an address that no file has.
constexpr std::size_t kMostFilesAgain = 6;
constexpr std::size_t kAsksAgain = 4;

// What that look opened, and what it owed itself: one of each folder of a host.
std::vector<OpenFile> openFilesIn(const QJsonObject &before);

// Those that this look does not know to be kept: of whose folders it tried no file, or not every answer refused.
// kept: that were refused to others, or are gone, and are not among its files.
std::vector<OpenFile> stillOwed(const FileLook &look, const QJsonObject &before, const std::vector<QUrl> &kept);

// For observed["not_tried_again"]: [{"address","shown_at","signed": bool}].
QJsonArray rowsOf(const std::vector<OpenFile> &files);
// Of those of whose folders the look tried no file: of the others the judge says what was not told.
LookGap gapOf(const std::vector<OpenFile> &owed, const FileLook &look);

} // namespace cockpit
