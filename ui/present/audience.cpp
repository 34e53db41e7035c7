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

void add(QSet<QString> &names, const QString &name)
{
    if (const QString trimmed = name.trimmed(); trimmed.size() >= kShortestName)
        names << trimmed;
}

// A colleague is called by one part of the name as often as by all of it.
void addPerson(QSet<QString> &names, const QString &name)
{
    static const QRegularExpression between(u"[\\s,;/&()]+"_s);
    add(names, name);
    for (const QString &part : name.split(between))
        add(names, part);
}

// Whole words only: "Sam" does not stand in "same".
QRegularExpression anyOf(const QSet<QString> &names)
{
    QStringList longestFirst(names.begin(), names.end());
    std::ranges::sort(longestFirst, std::ranges::greater(), [](const QString &name) { return name.size(); });
    for (QString &name : longestFirst)
        name = QRegularExpression::escape(name);
    return QRegularExpression(u"(?<![\\p{L}\\p{N}])(?:%1)(?![\\p{L}\\p{N}])"_s.arg(longestFirst.join(u'|')),
                              QRegularExpression::CaseInsensitiveOption |
                                  QRegularExpression::UseUnicodePropertiesOption);
}

} // namespace

AudienceMask::AudienceMask(const ProjectState &project)
{
    QSet<QString> names;
    for (const Ownership &row : project.ownership) {
        addPerson(names, row.owner);
        addPerson(names, row.backup);
    }
    for (const auto &[id, decision] : project.decisions)
        addPerson(names, decision.by);
    for (const auto &[id, answer] : project.answers)
        addPerson(names, answer.by);
    for (const Credential &credential : project.credentials)
        add(names, credential.name);
    if (!names.isEmpty())
        m_names = anyOf(names);
}

QString AudienceMask::apply(const QString &text) const
{
    static const QRegularExpression mail(u"[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+"_s);
    QString masked = redact(text);
    masked.replace(mail, kDots);
    if (!m_names.pattern().isEmpty())
        masked.replace(m_names, kDots);
    return masked;
}

} // namespace cockpit
