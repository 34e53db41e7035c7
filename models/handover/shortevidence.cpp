#include "models/handover/shortevidence.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace cockpit::handover {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(Handover)
};

constexpr qsizetype kMostLines = 24;

// They answer or refuse somebody: what counts is the status, the body, and what these say.
constexpr std::array kTelling{"set-cookie"_L1,  "location"_L1, "content-type"_L1,    "content-disposition"_L1,
                              "retry-after"_L1, "allow"_L1,    "www-authenticate"_L1};

bool isAboutHeaders(const QString &checkId)
{
    const bool asksAsSomebody = checkId.startsWith("access."_L1) || checkId.startsWith("abuse."_L1) ||
                                checkId == "edge.cache-leak"_L1 || checkId == "deploy.smoke"_L1;
    return !asksAsSomebody;
}

bool isTelling(const QString &name, const Finding &finding)
{
    const bool isKnown = std::ranges::any_of(
        kTelling, [&](QLatin1StringView one) { return name.compare(one, Qt::CaseInsensitive) == 0; });
    const bool isOfCaches =
        finding.checkId == "edge.cache-leak"_L1 && (name == "age"_L1 || name.contains("cache"_L1, Qt::CaseInsensitive));
    return isKnown || isOfCaches || finding.whatWeSaw.contains(name, Qt::CaseInsensitive);
}

bool isAnswer(const QString &line)
{
    return line.startsWith("HTTP/"_L1);
}

// A line for a terminal says the whole request once more.
QStringList withoutRequest(const QStringList &lines)
{
    const auto answer = std::ranges::find_if(lines, isAnswer);
    const bool hasCommand =
        std::any_of(answer, lines.end(), [](const QString &line) { return line.startsWith("curl "_L1); });
    return hasCommand ? QStringList(answer, lines.end()) : lines;
}

// The head of an answer begins with its status line and ends at an empty line.
QStringList withoutUsualHeaders(const QStringList &lines, const Finding &finding)
{
    static const QRegularExpression header(u"^([A-Za-z][A-Za-z0-9-]*):\\s"_s);
    QStringList kept;
    bool isHead = false;
    for (const QString &line : lines) {
        isHead = isAnswer(line) || (isHead && !line.trimmed().isEmpty());
        const auto match = header.match(line);
        if (!isHead || !match.hasMatch() || isTelling(match.captured(1), finding))
            kept << line;
    }
    return kept;
}

// The line for a terminal stands last, and it is what somebody needs who was not there.
QStringList cut(const QStringList &lines)
{
    if (lines.size() <= kMostLines)
        return lines;
    const auto isCommand = [](const QString &line) { return line.startsWith("curl "_L1); };
    const qsizetype command = std::find_if(lines.rbegin(), lines.rend(), isCommand).base() - lines.begin() - 1;
    const bool isKept = command >= 0 && lines.size() - command <= kMostLines / 2;
    const QStringList end = isKept ? lines.mid(command) : QStringList();
    const qsizetype shown = kMostLines - end.size();
    return lines.mid(0, shown) +
           QStringList{Text::tr("… %n more line(s) in the project file", nullptr,
                                static_cast<int>(lines.size() - kMostLines))} +
           end;
}

} // namespace

QString shortEvidence(const Finding &finding, const Evidence &piece)
{
    QStringList lines = piece.body.trimmed().split(u'\n');
    if (!isAboutHeaders(finding.checkId))
        lines = withoutUsualHeaders(withoutRequest(lines), finding);
    return cut(lines).join(u'\n');
}

} // namespace cockpit::handover
