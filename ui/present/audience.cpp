#include "ui/present/audience.h"

#include "models/redactor.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace cockpit {

namespace {

// One or two letters stand in too many words to be taken for a name.
constexpr int kShortestName = 3;
const auto kDots = u"••••••"_s;

} // namespace

AudienceMask::AudienceMask(const ProjectState &project)
{
    QSet<QString> names;
    for (const Ownership &row : project.ownership)
        names << row.owner << row.backup;
    for (const auto &[id, decision] : project.decisions)
        names << decision.by;
    for (const auto &[id, answer] : project.answers)
        names << answer.by;
    for (const Credential &credential : project.credentials)
        names << credential.name;
    for (const QString &name : names) {
        if (name.trimmed().size() >= kShortestName)
            m_names << name.trimmed();
    }
    std::ranges::sort(m_names, std::ranges::greater(), [](const QString &name) { return name.size(); });
}

QString AudienceMask::apply(const QString &text) const
{
    static const QRegularExpression mail(u"[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"_s);
    QString masked = redact(text);
    masked.replace(mail, kDots);
    for (const QString &name : m_names)
        masked.replace(name, kDots, Qt::CaseInsensitive);
    return masked;
}

} // namespace cockpit
