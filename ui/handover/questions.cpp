#include "ui/handover/questions.h"

#include <QCoreApplication>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(HandoverQuestions)
};

QString noteOf(const ProjectState &project, const QString &subject)
{
    const auto found = project.answers.find(subject);
    if (found == project.answers.end())
        return {};
    const Answer &answer = found->second;
    const QString said = answer.text.isEmpty() ? labelOf(answer.value) : answer.text.simplified();
    return answer.by.isEmpty() ? said : Text::tr("%1 (%2)").arg(said, answer.by);
}

} // namespace

std::vector<HandoverQuestion> handoverQuestions(const ProjectState &project, const Roadmap &roadmap,
                                                const CheckCatalog &catalog)
{
    std::vector<HandoverQuestion> questions;
    for (const QString &id : roadmap.checkIds()) {
        const CatalogEntry *entry = catalog.find(id);
        if (entry && entry->family() == "handover"_L1)
            questions.push_back({id, entry->title, checkState(id, project), noteOf(project, id)});
    }
    for (const Stage &stage : roadmap.stages) {
        for (const Item &item : stage.deliverables)
            questions.push_back({item.id, item.text, statusOf(item, project).state, noteOf(project, item.id)});
    }
    return questions;
}

} // namespace cockpit
