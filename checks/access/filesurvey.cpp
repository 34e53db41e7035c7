#include "checks/access/filesurvey.h"

#include "checks/engine/inwords.h"
#include "checks/net/urlhost.h"
#include "models/routes/pathtemplate.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(FileLinks)
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
    LookGap ofBefore(const QJsonObject &before, const QString &owner) const;

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

// A folder that the last look asked for, or did not see either.
LookGap FileGaps::ofBefore(const QJsonObject &before, const QString &owner) const
{
    std::vector<Unseen> folders;
    for (const QJsonValue file : before.value("files"_L1).toArray())
        folders.push_back(gapAt(QUrl(file["address"_L1].toString())));
    std::ranges::move(
        unseenBefore(before, [](const Unseen &gap) { return !gap.host.isEmpty() && !gap.subject.isEmpty(); }),
        std::back_inserter(folders));
    LookGap unsent{notAskedAgain(folders, [&](const Unseen &folder) {
        QUrl url(u"https://"_s + folder.host);
        url.setPath(folder.subject + u"/file"_s);
        return isAsked(url);
    })};
    QStringList sentences;
    if (!m_survey.unread.isEmpty())
        sentences << Text::tr("Not every record was looked at for links to files. Left out: %1.")
                         .arg(namesInWords(m_survey.unread));
    if (m_survey.hasSilent)
        sentences << Text::tr("Not every list gave an answer that tells: links to files that stand there alone were "
                              "not seen.");
    else if (m_survey.hasRefused && !unsent.hides.empty())
        sentences << Text::tr("%1 was not given every list, and links to files in %2 were seen before: they were not "
                              "tried again.")
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
    const bool isPartRead = !m_survey.unread.isEmpty() || m_survey.hasSilent || m_survey.hasRefused;
    if (LookGap unread = isPartRead ? ofBefore(before, owner) : LookGap(); !unread.sentence.isEmpty())
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

} // namespace cockpit
