#include "checks/access/openfiles.h"

#include "checks/engine/inwords.h"
#include "checks/net/urlhost.h"

#include <QCoreApplication>

#include <algorithm>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
};

bool isSameFolder(const QUrl &one, const QUrl &other)
{
    return hostOf(one) == hostOf(other) && folderOf(one) == folderOf(other);
}

// Whoever has a signed link may open it as it is.
bool isByDesign(const QJsonValue &file, const QJsonValue &ask)
{
    return file["signed"_L1].toBool() && ask["how"_L1].toString() == "as_is"_L1;
}

bool wasOpened(const QJsonValue &file)
{
    const QJsonArray asks = file["asks"_L1].toArray();
    return std::ranges::any_of(asks, [&](const QJsonValue &ask) {
        return ask["result"_L1].toString() == "opened"_L1 && !isByDesign(file, ask);
    });
}

void add(const QJsonValue &row, std::vector<OpenFile> &all)
{
    const OpenFile one{.url = QUrl(row["address"_L1].toString()),
                       .shownAt = row["shown_at"_L1].toString(),
                       .isSigned = row["signed"_L1].toBool()};
    const bool isKnown =
        std::ranges::any_of(all, [&](const OpenFile &other) { return isSameFolder(one.url, other.url); });
    if (one.url.isValid() && !one.url.host().isEmpty() && !isKnown)
        all.push_back(one);
}

bool isKept(const FileLook &look, const FileTry &file)
{
    return file.unanswered == 0 && !file.asks.empty() && std::ranges::all_of(file.asks, [&](const FileAsk &ask) {
               return (ask.how == FileHow::AsIs && isSigned(file.url)) || resultOf(look, file, ask) == FileResult::Kept;
           });
}

bool isTried(const FileLook &look, const QUrl &url)
{
    return std::ranges::any_of(look.files, [&](const FileTry &file) { return isSameFolder(file.url, url); });
}

bool isTold(const FileLook &look, const QUrl &url)
{
    return isTried(look, url) && std::ranges::all_of(look.files, [&](const FileTry &file) {
               return !isSameFolder(file.url, url) || isKept(look, file);
           });
}

} // namespace

// What was owed longer goes first: a look asks for a few alone.
std::vector<OpenFile> openFilesIn(const QJsonObject &before)
{
    std::vector<OpenFile> all;
    for (const QJsonValue row : before.value("not_tried_again"_L1).toArray())
        add(row, all);
    for (const QJsonValue file : before.value("files"_L1).toArray()) {
        if (wasOpened(file))
            add(file, all);
    }
    return all;
}

std::vector<OpenFile> stillOwed(const FileLook &look, const QJsonObject &before, const std::vector<QUrl> &kept)
{
    std::vector<OpenFile> owed = openFilesIn(before);
    std::erase_if(owed, [&](const OpenFile &one) {
        return isTold(look, one.url) || (!isTried(look, one.url) && std::ranges::find(kept, one.url) != kept.end());
    });
    std::ranges::stable_sort(owed, {}, [&](const OpenFile &one) { return isTried(look, one.url); });
    return owed;
}

QJsonArray rowsOf(const std::vector<OpenFile> &files)
{
    QJsonArray rows;
    for (const OpenFile &one : files)
        rows.append(
            QJsonObject{{u"address"_s, one.url.toString()}, {u"shown_at"_s, one.shownAt}, {u"signed"_s, one.isSigned}});
    return rows;
}

LookGap gapOf(const std::vector<OpenFile> &owed, const FileLook &look)
{
    LookGap gap;
    QStringList folders;
    for (const OpenFile &one : owed) {
        if (isTried(look, one.url))
            continue;
        gap.hides.push_back({.subject = folderOf(one.url), .host = hostOf(one.url)});
        folders.append(folderOf(one.url) + u'/');
    }
    if (!folders.isEmpty())
        gap.sentence = Text::tr("Files in %1 were open to others before. No list shows them now, and it was not told "
                                "whether others are refused there: put a file there and check again.")
                           .arg(namesInWords(folders));
    return gap;
}

} // namespace cockpit
