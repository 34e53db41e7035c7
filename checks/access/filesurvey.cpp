#include "checks/access/filesurvey.h"

#include "checks/access/openfiles.h"
#include "checks/engine/inwords.h"
#include "checks/net/urlhost.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
};

constexpr auto kFolders = "folders"_L1;

// And the routes whose answers linked there. None: not known.
struct ShownFolder
{
    QString folder; // "/files/invoices"
    QString host;
    QStringList shownBy = {};

    Unseen gap() const { return {.subject = folder, .host = host}; }
    QUrl file() const // any in it
    {
        QUrl url(u"https://"_s + host);
        url.setPath(folder + u"/file"_s);
        return url;
    }
};

Unseen gapAt(const QUrl &url)
{
    return {.subject = folderOf(url), .host = hostOf(url)};
}

QStringList foldersOf(const std::vector<Unseen> &places)
{
    QStringList folders;
    for (const Unseen &place : places)
        folders.append(place.subject + u'/');
    return folders;
}

// Each once, with all that show it.
void add(const ShownFolder &one, std::vector<ShownFolder> &all)
{
    const auto known = std::ranges::find_if(
        all, [&](const ShownFolder &other) { return other.folder == one.folder && other.host == one.host; });
    if (known == all.end()) {
        all.push_back(one);
        return;
    }
    for (const QString &route : one.shownBy) {
        if (!known->shownBy.contains(route))
            known->shownBy.append(route);
    }
}

std::vector<ShownFolder> foldersShown(const FileSurvey &survey)
{
    std::vector<ShownFolder> all;
    for (const std::vector<FileLink> *links : {&survey.links, &survey.foreign}) {
        for (const FileLink &link : *links)
            add({folderOf(link.url), hostOf(link.url), link.shownBy}, all);
    }
    return all;
}

// A look that did not note the folders has them among its files, and among what it did not see.
std::vector<ShownFolder> foldersOfBefore(const QJsonObject &before)
{
    std::vector<ShownFolder> all;
    for (const QJsonValue row : before.value(kFolders).toArray()) {
        ShownFolder one{row["folder"_L1].toString(), row["host"_L1].toString()};
        for (const QJsonValue route : row["shown_by"_L1].toArray())
            one.shownBy.append(route.toString());
        add(one, all);
    }
    if (before.contains(kFolders))
        return all;
    for (const QJsonValue file : before.value("files"_L1).toArray()) {
        const QUrl url(file["address"_L1].toString());
        add({folderOf(url), hostOf(url)}, all);
    }
    for (const Unseen &gap : unseenIn(before)) {
        if (!gap.host.isEmpty() && !gap.subject.isEmpty())
            add({gap.subject, gap.host}, all);
    }
    return all;
}

// Of before, where one of the routes that showed it was not read this time. Those that were show it no more.
std::vector<ShownFolder> foldersOwed(const FileSurvey &survey, const QJsonObject &before)
{
    std::vector<ShownFolder> owed;
    for (ShownFolder &one : foldersOfBefore(before)) {
        const bool isKnown = !one.shownBy.isEmpty();
        one.shownBy.removeIf([&](const QString &route) { return !survey.notRead.contains(route); });
        if (isKnown ? !one.shownBy.isEmpty() : !survey.notRead.isEmpty())
            owed.push_back(std::move(one));
    }
    return owed;
}

QJsonArray folderRows(const std::vector<ShownFolder> &folders)
{
    QJsonArray rows;
    for (const ShownFolder &one : folders)
        rows.append(QJsonObject{{u"folder"_s, one.folder},
                                {u"host"_s, one.host},
                                {u"shown_by"_s, QJsonArray::fromStringList(one.shownBy)}});
    return rows;
}

class FileGaps
{
public:
    explicit FileGaps(const FileSurvey &survey) : m_survey(survey)
    {
        for (const QUrl &url : survey.asked)
            m_asked.append(folderKindOf(url));
        for (const QUrl &url : survey.dead)
            m_dead.append(folderKindOf(url));
    }

    std::vector<LookGap> run(const QString &owner, const QJsonObject &before);

private:
    bool isAsked(const QUrl &url) const { return m_asked.contains(folderKindOf(url)); }
    // Each folder once; its name is for the sentence.
    static void add(const QUrl &url, LookGap &unsent, QStringList &folders);
    LookGap ofUnread(const QJsonObject &before, const QString &owner) const;

    const FileSurvey &m_survey;
    QStringList m_asked, m_dead; // kinds
};

void FileGaps::add(const QUrl &url, LookGap &unsent, QStringList &folders)
{
    const Unseen gap = gapAt(url);
    if (std::ranges::find(unsent.hides, gap) != unsent.hides.end())
        return;
    unsent.hides.push_back(gap);
    folders.append(gap.subject + u'/');
}

// Folders of before, and what may show others that nobody has seen yet.
LookGap FileGaps::ofUnread(const QJsonObject &before, const QString &owner) const
{
    LookGap unsent;
    for (const ShownFolder &one : foldersOwed(m_survey, before)) {
        if (!isAsked(one.file()))
            unsent.hides.push_back(one.gap());
    }
    QStringList sentences;
    if (!m_survey.unread.isEmpty())
        sentences << Text::tr("Not every record was looked at for links to files. Left out: %1.")
                         .arg(namesInWords(m_survey.unread));
    if (m_survey.hasSilent)
        sentences << Text::tr("Not every list gave an answer that tells: links to files that stand there alone were "
                              "not seen.");
    if (!unsent.hides.empty())
        sentences << Text::tr("Links to files in %2 were seen before, and %1 was not given all that showed them: they "
                              "were not tried again.")
                         .arg(owner, namesInWords(foldersOf(unsent.hides)));
    unsent.sentence = sentences.join(u' ');
    return unsent;
}

std::vector<LookGap> FileGaps::run(const QString &owner, const QJsonObject &before)
{
    LookGap left, dead, foreign;
    QStringList leftFolders, deadFolders, foreignFolders;
    for (const FileLink &link : m_survey.links) {
        if (isAsked(link.url))
            continue;
        const bool isOpenForNobody = m_dead.contains(folderKindOf(link.url));
        add(link.url, isOpenForNobody ? dead : left, isOpenForNobody ? deadFolders : leftFolders);
    }
    for (const FileLink &link : m_survey.foreign)
        add(link.url, foreign, foreignFolders); // the hosts are named by the judge
    left.sentence = Text::tr("One look tries %1 files at most. Not tried, %n more folder(s): %2.", nullptr,
                             static_cast<int>(leftFolders.size()))
                        .arg(QString::number(kMostFiles), namesInWords(leftFolders));
    dead.sentence = Text::tr("%1 could not open its own files in %2, so that nobody else was tried there.")
                        .arg(owner, namesInWords(deadFolders));
    std::vector<LookGap> all;
    for (LookGap *one : {&left, &dead, &foreign}) {
        if (!one->hides.empty())
            all.push_back(std::move(*one));
    }
    if (LookGap unread = ofUnread(before, owner); !unread.sentence.isEmpty())
        all.push_back(std::move(unread));
    return all;
}

} // namespace

QString folderOf(const QUrl &url)
{
    return url.path().section(u'/', 0, -2);
}

QString folderKindOf(const QUrl &url)
{
    return hostOf(url) + shapeOf(pathTemplate(folderOf(url)).path);
}

std::vector<FileLink> spreadOverFolders(const std::vector<FileLink> &links)
{
    std::map<QString, int> ofKind;
    std::vector<std::pair<int, FileLink>> rounds;
    for (const FileLink &link : links)
        rounds.emplace_back(ofKind[folderKindOf(link.url)]++, link);
    std::ranges::stable_sort(rounds, {}, [](const auto &one) { return one.first; });
    std::vector<FileLink> spread;
    for (auto &[round, link] : rounds)
        spread.push_back(std::move(link));
    return spread;
}

std::vector<LookGap> unsentFiles(const FileSurvey &survey, const QString &owner, const QJsonObject &before)
{
    return FileGaps(survey).run(owner, before);
}

QJsonArray knownFolders(const FileSurvey &survey, const QJsonObject &before)
{
    std::vector<ShownFolder> all = foldersShown(survey);
    for (const ShownFolder &one : foldersOwed(survey, before))
        add(one, all);
    return folderRows(all);
}

Judged withFoldersOf(const QJsonObject &before, Judged judged)
{
    if (const QJsonArray rows = folderRows(foldersOfBefore(before)); !rows.isEmpty())
        judged.observed.insert(kFolders, rows);
    if (const std::vector<OpenFile> open = openFilesIn(before); !open.empty())
        judged.observed.insert(u"not_tried_again"_s, rowsOf(open));
    return judged;
}

} // namespace cockpit
